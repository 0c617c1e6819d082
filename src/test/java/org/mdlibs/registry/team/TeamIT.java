package org.mdlibs.registry.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class TeamIT {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;
  private final RegistryClient bob;
  private final RegistryClient eve;
  private final String name;
  private final String team;

  TeamIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
    this.bob = client.newUser();
    this.eve = client.newUser();
    this.name = newName();
    this.team = create(ann, name).is(201).string("id");
  }

  private static String newName() {
    return "team" + NUMBER.incrementAndGet() + "x" + Long.toString(System.nanoTime(), 36);
  }

  private static Answer create(RegistryClient caller, String name) {
    return caller.post("/teams", "{\"name\":\"" + name + "\",\"display_name\":\"The Docs\"}");
  }

  private String path(String rest) {
    return "/teams/" + team + rest;
  }

  private Answer place(RegistryClient caller, RegistryClient member, String role) {
    return caller.post(
        path("/members"), "{\"username\":\"" + member.username() + "\",\"role\":\"" + role + "\"}");
  }

  private long events(String action) {
    return server.count(
        "select count(*) from audit_events where action = ? and target = ? and outcome = 'success'",
        action,
        "team:" + name);
  }

  @Test
  void is_made_with_its_maker_as_the_first_admin() {
    JsonObject made = ann.get(path("")).is(200).json();
    assertThat(made.getString("name")).isEqualTo(name);
    assertThat(made.getString("display_name")).isEqualTo("The Docs");
    assertThat(made.getString("role")).isEqualTo("admin");
    assertThat(made.getInt("members_count")).isEqualTo(1);
    assertThat(made.getInt("libraries_count")).isZero();
    assertThat(made.getJsonObject("storage").getInt("used_bytes")).isZero();
    JsonObject listed = ann.get("/teams").is(200).json().getJsonArray("teams").getJsonObject(0);
    assertThat(listed.getString("id")).isEqualTo(team);
    assertThat(listed.getString("role")).isEqualTo("admin");
    JsonObject mine = ann.get("/users/me").is(200).json().getJsonArray("teams").getJsonObject(0);
    assertThat(mine.getString("name")).isEqualTo(name);
    assertThat(mine.getString("role")).isEqualTo("admin");
    assertThat(events("team.created")).isEqualTo(1);
  }

  @Test
  void is_absent_for_whoever_is_not_in_it() {
    eve.get(path("")).isProblem(404, "TEAM_NOT_FOUND");
    eve.get(path("/members")).isProblem(404, "TEAM_NOT_FOUND");
    eve.call("PUT", path(""), "{\"display_name\":\"x\"}").isProblem(404, "TEAM_NOT_FOUND");
    eve.call("DELETE", path(""), null).isProblem(404, "TEAM_NOT_FOUND");
    place(eve, eve, "admin").isProblem(404, "TEAM_NOT_FOUND");
    eve.call("DELETE", path("/members/" + ann.id()), null).isProblem(404, "TEAM_NOT_FOUND");
    assertThat(eve.get("/teams").is(200).json().getJsonArray("teams")).isEmpty();
    client.get(path("")).isProblem(401, "AUTHENTICATION_REQUIRED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "00000000-0000-0000-0000-000000000009", "1%27or%271"})
  void answers_ids_of_no_team_with_absence(String id) {
    ann.get("/teams/" + id).isProblem(404, "TEAM_NOT_FOUND");
    client.admin().get("/teams/" + id).isProblem(404, "TEAM_NOT_FOUND");
  }

  @Test
  void takes_members_and_changes_their_roles() {
    JsonObject placed = place(ann, bob, "member").is(201).json();
    assertThat(placed.getString("username")).isEqualTo(bob.username());
    assertThat(placed.getString("role")).isEqualTo("member");
    assertThat(placed.getString("joined_at")).isNotBlank();
    assertThat(place(ann, bob, "admin").is(200).string("role")).isEqualTo("admin");
    assertThat(bob.get(path("/members")).is(200).json().getInt("total")).isEqualTo(2);
    bob.call("DELETE", path("/members/" + ann.id()), null).is(204);
    ann.get(path("")).isProblem(404, "TEAM_NOT_FOUND");
    assertThat(events("team.member_added")).isEqualTo(1);
    assertThat(events("team.member_changed")).isEqualTo(1);
    assertThat(events("team.member_removed")).isEqualTo(1);
  }

  @Test
  void lets_members_read_and_leave_but_not_manage() {
    place(ann, bob, "member").is(201);
    bob.get(path("")).is(200);
    place(bob, eve, "member").isProblem(403, "FORBIDDEN");
    place(bob, bob, "admin").isProblem(403, "FORBIDDEN");
    bob.call("PUT", path(""), "{\"display_name\":\"Mine\"}").isProblem(403, "FORBIDDEN");
    bob.call("DELETE", path(""), null).isProblem(403, "FORBIDDEN");
    bob.call("DELETE", path("/members/" + ann.id()), null).isProblem(403, "FORBIDDEN");
    assertThat(ann.get(path("/members")).json().getInt("total")).isEqualTo(2);
    bob.call("DELETE", path("/members/" + bob.id()), null).is(204);
    bob.get(path("")).isProblem(404, "TEAM_NOT_FOUND");
  }

  @Test
  void lets_no_admin_of_one_team_act_on_another() {
    String other = create(bob, newName()).is(201).string("id");
    ann.call("DELETE", "/teams/" + other, null).isProblem(404, "TEAM_NOT_FOUND");
    ann.call("DELETE", "/teams/" + other + "/members/" + bob.id(), null)
        .isProblem(404, "TEAM_NOT_FOUND");
    ann.post("/teams/" + other + "/members", "{\"username\":\"" + ann.username() + "\"}")
        .isProblem(404, "TEAM_NOT_FOUND");
  }

  @Test
  void lets_administrators_of_the_registry_manage_it() {
    RegistryClient admin = client.admin();
    assertThat(admin.get(path("")).is(200).json().containsKey("role")).isFalse();
    place(admin, bob, "member").is(201);
  }

  @Test
  void keeps_its_last_admin() {
    place(ann, bob, "member").is(201);
    place(ann, ann, "member").isProblem(409, "LAST_ADMIN");
    ann.call("DELETE", path("/members/" + ann.id()), null).isProblem(409, "LAST_ADMIN");
    assertThat(ann.get(path("")).string("role")).isEqualTo("admin");
  }

  @Test
  void keeps_one_admin_when_two_leave_at_once() {
    place(ann, bob, "admin").is(201);
    String annId = ann.id();
    String bobId = bob.id();
    List<Integer> answers =
        Stream.of(List.of(ann, annId), List.of(bob, bobId))
            .parallel()
            .map(
                pair ->
                    ((RegistryClient) pair.get(0))
                        .call("DELETE", path("/members/" + pair.get(1)), null)
                        .status())
            .collect(Collectors.toList());
    assertThat(answers).containsExactlyInAnyOrder(204, 409);
    assertThat(
            server.count(
                "select count(*) from team_members where role = 'admin'"
                    + " and cast(team_id as varchar(36)) = ?",
                team))
        .isEqualTo(1);
  }

  @Test
  void refuses_members_that_are_nobody() {
    ann.post(path("/members"), "{\"username\":\"nobody-here\"}").isProblem(404, "USER_NOT_FOUND");
    ann.post(path("/members"), "{\"user_id\":\"" + new UUID(5, 5) + "\"}")
        .isProblem(404, "USER_NOT_FOUND");
    ann.post(path("/members"), "{\"user_id\":\"x\"}").isProblem(400, "INVALID_INPUT");
    ann.post(path("/members"), "{}").isProblem(400, "INVALID_INPUT");
    ann.post(path("/members"), "{\"username\":7}").isProblem(400, "INVALID_INPUT");
    place(ann, bob, "owner").isProblem(400, "INVALID_INPUT");
    ann.call("DELETE", path("/members/" + bob.id()), null).isProblem(404, "MEMBER_NOT_FOUND");
    ann.call("DELETE", path("/members/x"), null).isProblem(404, "MEMBER_NOT_FOUND");
    assertThat(ann.get(path("/members")).json().getInt("total")).isEqualTo(1);
  }

  @Test
  void shares_one_namespace_with_users() {
    create(bob, ann.username()).isProblem(409, "TEAM_NAME_TAKEN");
    create(bob, name).isProblem(409, "TEAM_NAME_TAKEN");
    client
        .register(name, name + "@example.org", "a good password of mine")
        .isProblem(409, "USERNAME_TAKEN");
    create(bob, "admin").isProblem(400, "INVALID_INPUT");
    create(bob, "-x").isProblem(400, "INVALID_INPUT");
    bob.post("/teams", "{}").isProblem(400, "INVALID_INPUT");
    bob.post("/teams", "{\"name\":[]}").isProblem(400, "INVALID_INPUT");
    bob.post("/teams", "{\"name\":\"" + newName() + "\",\"display_name\":\"a\\u0000b\"}")
        .isProblem(400, "INVALID_INPUT");
  }

  @Test
  void gives_a_name_to_one_of_a_team_and_a_user_who_want_it_at_once() {
    for (int round = 0; round < 5; round++) {
      String wanted = newName();
      List<Integer> answers =
          Stream.of(true, false)
              .parallel()
              .map(
                  user ->
                      user
                          ? client
                              .register(wanted, wanted + "@example.org", "a good password of mine")
                              .status()
                          : create(bob, wanted).status())
              .collect(Collectors.toList());
      assertThat(answers).containsExactlyInAnyOrder(201, 409);
      assertThat(server.count("select count(*) from namespaces where name = ?", wanted))
          .isEqualTo(1);
    }
  }

  @Test
  void is_renamed_for_people_alone() {
    JsonObject changed =
        ann.call("PUT", path(""), "{\"display_name\":\" Docs 文档 \",\"name\":\"other\"}")
            .is(200)
            .json();
    assertThat(changed.getString("display_name")).isEqualTo("Docs 文档");
    assertThat(changed.getString("name")).isEqualTo(name);
    ann.call("PUT", path(""), "{\"display_name\":\"" + "x".repeat(256) + "\"}")
        .isProblem(400, "INVALID_INPUT");
    ann.call("PUT", path(""), "{}").isProblem(400, "INVALID_INPUT");
  }

  @Test
  void publishes_under_its_name_by_its_members_alone() {
    place(ann, bob, "member").is(201);
    bob.publish(archive("handbook", "1.0.0").bytes(), "scope", name, "visibility", "private")
        .is(201);
    eve.publish(archive("handbook", "1.0.1").bytes(), "scope", name).isProblem(403, "FORBIDDEN");
    eve.get("/libraries/" + name + "/handbook").isProblem(404, "LIBRARY_NOT_FOUND");
    eve.download(name, "handbook", "1.0.0").isProblem(404, "LIBRARY_NOT_FOUND");
    client.get("/libraries/" + name + "/handbook").isProblem(404, "LIBRARY_NOT_FOUND");
    ann.download(name, "handbook", "1.0.0").is(200);
    assertThat(ann.find("handbook").names()).contains("handbook");
    assertThat(eve.search("scope=" + name).names()).isEmpty();
    assertThat(bob.search("scope=" + name).names()).containsExactly("handbook");
    assertThat(ann.get(path("")).json().getJsonObject("storage").getInt("used_bytes")).isPositive();
    JsonObject shown = ann.get("/teams").json().getJsonArray("teams").getJsonObject(0);
    assertThat(shown.getInt("libraries_count")).isEqualTo(1);
    bob.call("DELETE", path("/members/" + bob.id()), null).is(204);
    bob.get("/libraries/" + name + "/handbook").isProblem(404, "LIBRARY_NOT_FOUND");
    bob.publish(archive("handbook", "1.0.2").bytes(), "scope", name).isProblem(403, "FORBIDDEN");
  }

  @Test
  void is_deleted_once_it_is_empty_and_its_name_stays_taken() {
    ann.publish(archive("notes", "1.0.0").bytes(), "scope", name).is(201);
    ann.call("DELETE", path(""), null).isProblem(409, "TEAM_NOT_EMPTY");
    ann.get(path("")).is(200);
    ann.publish(archive("notes", "1.0.1").bytes(), "scope", name).is(201);
    ann.call("DELETE", "/libraries/" + name + "/notes/1.0.0", null).is(204);
    ann.call("DELETE", "/libraries/" + name + "/notes/1.0.1", null).is(204);
    ann.call("DELETE", path(""), null).is(204);
    ann.get(path("")).isProblem(404, "TEAM_NOT_FOUND");
    ann.publish(archive("notes", "2.0.0").bytes(), "scope", name).isProblem(403, "FORBIDDEN");
    client
        .admin()
        .publish(archive("notes", "2.0.0").bytes(), "scope", name)
        .isProblem(404, "SCOPE_NOT_FOUND");
    create(ann, name).isProblem(409, "TEAM_NAME_TAKEN");
    assertThat(events("team.deleted")).isEqualTo(1);
  }
}
