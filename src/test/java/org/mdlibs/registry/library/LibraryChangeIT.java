package org.mdlibs.registry.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class LibraryChangeIT {
  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;
  private final RegistryClient eve;

  LibraryChangeIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
    this.eve = client.newUser();
    ann.publish(archive("notes", "1.0.0")).is(201);
  }

  private String path(String rest) {
    return "/libraries/" + ann.username() + "/notes" + rest;
  }

  private Answer change(RegistryClient caller, String json) {
    return caller.call("PATCH", path(""), json);
  }

  private String newTeam(RegistryClient admin) {
    String name = "moved" + Long.toString(System.nanoTime(), 36);
    admin.post("/teams", "{\"name\":\"" + name + "\"}").is(201);
    return name;
  }

  private Answer transfer(RegistryClient caller, String scope) {
    return caller.post(path("/transfer"), "{\"scope\":\"" + scope + "\"}");
  }

  private long used(RegistryClient caller) {
    return caller.get("/users/me").json().getJsonObject("storage").getInt("used_bytes");
  }

  @Test
  void becomes_private_and_public_again() {
    eve.get(path("")).is(200);
    assertThat(change(ann, "{\"visibility\":\"private\"}").is(200).string("visibility"))
        .isEqualTo("private");
    for (RegistryClient stranger : List.of(eve, client)) {
      stranger.get(path("")).isProblem(404, "LIBRARY_NOT_FOUND");
      stranger.get(path("/versions")).isProblem(404, "LIBRARY_NOT_FOUND");
      stranger.get(path("/latest")).isProblem(404, "LIBRARY_NOT_FOUND");
      stranger.get(path("/1.0.0/download")).isProblem(404, "LIBRARY_NOT_FOUND");
      stranger.get(path("/latest/download")).isProblem(404, "LIBRARY_NOT_FOUND");
      JsonObject found = stranger.search("scope=" + ann.username()).is(200).json();
      assertThat(found.getInt("total")).isZero();
    }
    eve.call("DELETE", path("/1.0.0"), null).isProblem(404, "LIBRARY_NOT_FOUND");
    change(eve, "{\"visibility\":\"public\"}").isProblem(404, "LIBRARY_NOT_FOUND");
    assertThat(ann.get(path("/1.0.0/download")).is(200).header("Cache-Control"))
        .contains("private, no-cache");
    change(ann, "{\"visibility\":\"public\"}").is(200);
    client.get(path("")).is(200);
    assertThat(
            server.count(
                "select count(*) from audit_events where action = 'library.changed' and target = ?",
                "@" + ann.username() + "/notes"))
        .isEqualTo(2);
  }

  @Test
  void is_deprecated_until_that_is_taken_back() {
    change(ann, "{\"deprecation\":\"use @ann/better\"}").is(200);
    assertThat(client.get(path("")).string("deprecation")).isEqualTo("use @ann/better");
    change(ann, "{\"visibility\":\"public\"}").is(200);
    assertThat(client.get(path("")).string("deprecation")).isEqualTo("use @ann/better");
    assertThat(change(ann, "{\"deprecation\":null}").is(200).json())
        .doesNotContainKey("deprecation");
    change(ann, "{\"deprecation\":7}").isProblem(400, "INVALID_INPUT");
    change(ann, "{\"deprecation\":\"\"}").isProblem(400, "INVALID_INPUT");
    change(ann, "{\"deprecation\":\"" + "x".repeat(201) + "\"}").isProblem(400, "INVALID_INPUT");
    change(ann, "{\"deprecation\":\"a\\nb\"}").isProblem(400, "INVALID_INPUT");
    change(ann, "{\"visibility\":\"secret\"}").isProblem(400, "INVALID_INPUT");
    change(ann, "[]").isProblem(400, "MALFORMED_JSON");
  }

  @Test
  void is_changed_by_its_owner_alone() {
    change(eve, "{\"visibility\":\"private\"}").isProblem(403, "FORBIDDEN");
    change(client, "{}").isProblem(401, "AUTHENTICATION_REQUIRED");
    eve.call("DELETE", path("/1.0.0"), null).isProblem(403, "FORBIDDEN");
    eve.call("PUT", path("/1.0.0/yank"), null).isProblem(403, "FORBIDDEN");
    transfer(eve, eve.username()).isProblem(403, "FORBIDDEN");
    client.get(path("/1.0.0")).is(200);
    change(client.admin(), "{\"deprecation\":\"old\"}").is(200);
  }

  @Test
  void passes_over_yanked_versions() {
    ann.publish(archive("notes", "1.1.0")).is(201);
    ann.call("PUT", path("/1.1.0/yank"), null).is(204);
    ann.call("PUT", path("/1.1.0/yank"), null).is(204);
    assertThat(client.get(path("/latest")).string("version")).isEqualTo("1.0.0");
    assertThat(client.get(path("")).string("latest_version")).isEqualTo("1.0.0");
    client.get(path("/1.1.0/download")).is(200);
    assertThat(client.get(path("/1.1.0")).json().getBoolean("yanked")).isTrue();
    ann.call("PUT", path("/1.0.0/yank"), null).is(204);
    client.get(path("/latest")).isProblem(404, "VERSION_NOT_FOUND");
    ann.call("DELETE", path("/1.1.0/yank"), null).is(204);
    assertThat(client.get(path("/latest")).string("version")).isEqualTo("1.1.0");
    ann.call("PUT", path("/9.9.9/yank"), null).isProblem(404, "VERSION_NOT_FOUND");
    ann.call("PUT", path("/x/yank"), null).isProblem(404, "VERSION_NOT_FOUND");
  }

  @Test
  void never_gives_a_deleted_number_out_again() {
    long before = used(ann);
    assertThat(before).isPositive();
    int blobs = server.blobs().size();
    ann.publish(archive("notes", "2.0.0")).is(201);
    ann.call("DELETE", path("/2.0.0"), null).is(204);
    assertThat(server.blobs()).hasSize(blobs);
    assertThat(used(ann)).isEqualTo(before);
    assertThat(client.get(path("")).string("latest_version")).isEqualTo("1.0.0");
    client.get(path("/2.0.0")).isProblem(410, "VERSION_DELETED");
    client.get(path("/2.0.0/download")).isProblem(410, "VERSION_DELETED");
    ann.call("DELETE", path("/2.0.0"), null).isProblem(410, "VERSION_DELETED");
    ann.call("PUT", path("/2.0.0/yank"), null).isProblem(410, "VERSION_DELETED");
    ann.publish(archive("notes", "2.0.0")).isProblem(409, "VERSION_EXISTS");
    ann.publish(archive("notes", "2.0.0+again")).isProblem(409, "VERSION_EXISTS");
    ann.call("DELETE", path("/1.0.0"), null).is(204);
    client.get(path("")).isProblem(410, "VERSION_DELETED");
    assertThat(client.search("scope=" + ann.username()).names()).isEmpty();
    assertThat(used(ann)).isZero();
    ann.publish(archive("notes", "3.0.0")).is(201);
    assertThat(client.get(path("")).is(200).json().getInt("versions_count")).isEqualTo(1);
  }

  @Test
  void counts_a_version_that_two_delete_at_once_as_one() {
    ann.publish(archive("notes", "4.0.0")).is(201);
    List<Integer> answers =
        Stream.of(1, 2, 3, 4)
            .parallel()
            .map(i -> ann.call("DELETE", path("/4.0.0"), null).status())
            .sorted()
            .collect(Collectors.toList());
    assertThat(answers).containsExactly(204, 410, 410, 410);
    assertThat(client.get(path("")).json().getInt("versions_count")).isEqualTo(1);
  }

  @Test
  void moves_to_a_team_and_leads_there_for_ever() {
    String team = newTeam(ann);
    long bytes = used(ann);
    assertThat(transfer(ann, team).is(200).string("scope")).isEqualTo(team);
    assertThat(used(ann)).isZero();
    assertThat(server.count("select used_bytes from namespaces where name = ?", team))
        .isEqualTo(bytes);
    String moved = "/api/v1/libraries/" + team + "/notes";
    for (String rest :
        List.of(
            "", "/versions?page=1", "/1.0.0", "/latest", "/1.0.0/download", "/latest/download")) {
      Answer answer = client.get(path(rest)).is(308);
      assertThat(answer.header("Location")).contains(moved + rest);
    }
    assertThat(client.head(path("/1.0.0/download")).is(308).header("Location")).isPresent();
    client.get("/libraries/" + team + "/notes/1.0.0/download").is(200);
    assertThat(client.search("scope=" + team).names()).containsExactly("notes");
    assertThat(client.find("notes " + team).names()).contains("notes");
    ann.publish(archive("notes", "5.0.0")).isProblem(409, "LIBRARY_MOVED");
    assertThat(ann.dryRun(archive("notes", "5.0.0").bytes()).is(200).text())
        .contains("LIBRARY_MOVED");
    ann.publish(archive("notes", "5.0.0").bytes(), "scope", team).is(201);
  }

  @Test
  void hides_where_a_private_library_moved() {
    String team = newTeam(ann);
    change(ann, "{\"visibility\":\"private\"}").is(200);
    transfer(ann, team).is(200);
    eve.get(path("")).isProblem(404, "LIBRARY_NOT_FOUND");
    eve.get(path("/1.0.0/download")).isProblem(404, "LIBRARY_NOT_FOUND");
    ann.get(path("")).is(308);
  }

  @Test
  void moves_back_and_forth() {
    String team = newTeam(ann);
    transfer(ann, team).is(200);
    ann.post("/libraries/" + team + "/notes/transfer", "{\"scope\":\"" + ann.username() + "\"}")
        .is(200);
    client.get(path("")).is(200);
    assertThat(client.get("/libraries/" + team + "/notes").is(308).header("Location"))
        .contains("/api/v1" + path(""));
    transfer(ann, team).is(200);
    client.get(path("")).is(308);
    client.get("/libraries/" + team + "/notes").is(200);
  }

  @Test
  void moves_nowhere_where_the_mover_does_not_administer() {
    String others = newTeam(eve);
    transfer(ann, others).isProblem(403, "FORBIDDEN");
    transfer(ann, eve.username()).isProblem(403, "FORBIDDEN");
    transfer(ann, "no-such-scope").isProblem(404, "SCOPE_NOT_FOUND");
    transfer(ann, "-").isProblem(400, "INVALID_INPUT");
    ann.post(path("/transfer"), "{}").isProblem(400, "INVALID_INPUT");
    client.get(path("")).is(200);
  }

  @Test
  void moves_to_no_taken_name_and_into_no_full_scope() {
    String team = newTeam(ann);
    ann.publish(archive("notes", "1.0.0").bytes(), "scope", team).is(201);
    transfer(ann, team).isProblem(409, "LIBRARY_EXISTS");
    String full = newTeam(ann);
    server.execute("update namespaces set quota_bytes = 1 where name = ?", full);
    transfer(ann, full).isProblem(403, "QUOTA_EXCEEDED");
    client.get(path("")).is(200);
    assertThat(used(ann)).isPositive();
  }
}
