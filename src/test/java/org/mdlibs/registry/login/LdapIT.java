package org.mdlibs.registry.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.Directory;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class LdapIT {
  private static final String SECRET = "the secret of the company";
  private static final String LOCAL = "a good password of mine";

  private final RegistryClient client;
  private final RegistryServer server;
  private final Directory directory;

  LdapIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.directory = server.directory();
  }

  private static String newName() {
    return "dir" + Long.toString(System.nanoTime(), 36);
  }

  private String person() {
    String name = newName();
    directory.add(name, name + "@company.example", SECRET);
    return name;
  }

  private RegistryClient login(String name) {
    return client.withToken(client.loginAnswer(name, SECRET).is(200).string("token"));
  }

  private void refused(String name, String password) {
    client.loginAnswer(name, password).isProblem(401, "INVALID_CREDENTIALS");
  }

  private long accounts(String name) {
    return server.count("select count(*) from users where username = ?", name);
  }

  private String role(String name) {
    return server.text("select role from users where username = ?", name);
  }

  private String team() {
    String name = "team" + Long.toString(System.nanoTime(), 36);
    String id = UUID.randomUUID().toString();
    String now = "2026-01-01 00:00:00";
    boolean postgres = System.getProperty("registry.database").equals("postgresql");
    String cast = postgres ? "cast(? as uuid)" : "?";
    String time = postgres ? "cast(? as timestamptz)" : "?";
    server.execute(
        "insert into namespaces (id, name, scope_type, created_at) values (%s, ?, 'team', %s)"
            .formatted(cast, time),
        id,
        name,
        now);
    server.execute(
        "insert into teams (id, name, display_name, created_at) values (%s, ?, 'Team', %s)"
            .formatted(cast, time),
        id,
        name,
        now);
    return name;
  }

  private long memberships(String user, String team) {
    return server.count(
        "select count(*) from team_members m join users u on u.id = m.user_id"
            + " join teams t on t.id = m.team_id where u.username = ? and t.name = ?",
        user,
        team);
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(80));
    while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
      Thread.sleep(500);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void the_first_login_makes_the_account_and_the_next_finds_it() {
    String name = person();
    Answer me = login(name).get("/users/me").is(200);
    assertThat(me.string("username")).isEqualTo(name);
    assertThat(me.string("email")).isEqualTo(name + "@company.example");
    directory.changeMail(name, name + "@new.example");
    Answer again = login(name).get("/users/me").is(200);
    assertThat(again.string("id")).isEqualTo(me.string("id"));
    assertThat(again.string("email")).isEqualTo(name + "@new.example");
    assertThat(server.text("select issuer from users where username = ?", name)).isEqualTo("ldap");
    assertThat(
            server.count(
                "select count(*) from users where username = ? and password_hash is null", name))
        .isEqualTo(1);
  }

  @Test
  void who_is_renamed_in_the_directory_keeps_account_and_scope() {
    String name = person();
    login(name);
    String other = newName();
    directory.rename(name, other);
    assertThat(login(other).get("/users/me").string("username")).isEqualTo(name);
    assertThat(login(name).get("/users/me").string("username")).isEqualTo(name);
    assertThat(login(name + "@company.example").get("/users/me").string("username"))
        .isEqualTo(name);
    assertThat(accounts(other)).isZero();
  }

  @Test
  void a_new_person_does_not_get_the_account_of_one_who_had_the_name() {
    String name = person();
    login(name);
    directory.remove(name);
    directory.add(name, name + "-2@company.example", "the secret of another");
    client.loginAnswer(name, "the secret of another").isProblem(403, "ACCOUNT_REFUSED");
    assertThat(
            server.count(
                "select count(*) from audit_events where action = 'user.linked'"
                    + " and outcome = 'failure' and target = ?",
                "user:" + name))
        .isEqualTo(1);
  }

  @Test
  void refuses_wrong_and_empty_passwords_and_names_that_are_patterns() {
    String name = person();
    refused(name, "wrong");
    client.loginAnswer(name, "").isProblem(400, "INVALID_INPUT");
    refused("*", SECRET);
    refused(name.substring(0, 5) + "*", SECRET);
    refused(name + ")(uid=*", SECRET);
    refused("*)(|(uid=*", SECRET);
    refused("uid=" + name + ",ou=people,dc=example,dc=org", SECRET);
    refused(newName(), SECRET);
    assertThat(accounts(name)).isZero();
  }

  @Test
  void an_account_of_the_registry_is_not_opened_by_the_directory() {
    RegistryClient ann = client.newUser();
    directory.add(ann.username(), ann.username() + "@company.example", SECRET);
    refused(ann.username(), SECRET);
    client.loginAnswer(ann.username(), LOCAL).is(200);
    assertThat(
            server.count(
                "select count(*) from audit_events where action = 'user.linked'"
                    + " and outcome = 'failure' and target = ?",
                "user:" + ann.username()))
        .isEqualTo(1);
  }

  @Test
  void an_address_of_the_registry_is_not_taken_over_by_the_directory() {
    RegistryClient ann = client.newUser();
    String name = newName();
    directory.add(name, ann.username() + "@example.org", SECRET);
    client.loginAnswer(name, SECRET).isProblem(403, "ACCOUNT_REFUSED");
    assertThat(accounts(name)).isZero();
    String bob = person();
    login(bob);
    directory.changeMail(bob, ann.username() + "@example.org");
    assertThat(login(bob).get("/users/me").string("email")).isEqualTo(bob + "@company.example");
  }

  @Test
  void a_name_that_can_be_no_scope_is_refused_with_the_rule() {
    directory.add("with space", "space@company.example", SECRET);
    Answer refusal = client.loginAnswer("with space", SECRET).isProblem(403, "ACCOUNT_REFUSED");
    assertThat(refusal.string("detail")).contains("must be 2 to 39");
    directory.add("support", "support@company.example", SECRET);
    client.loginAnswer("support", SECRET).isProblem(403, "ACCOUNT_REFUSED");
  }

  @Test
  void nobody_can_register_the_name_or_address_of_the_directorys_account() {
    String name = person();
    login(name);
    client.register(name, newName() + "@example.org", LOCAL).isProblem(409, "USERNAME_TAKEN");
    client.register(newName(), name + "@company.example", LOCAL).isProblem(409, "EMAIL_TAKEN");
  }

  @Test
  void groups_give_and_take_teams_at_login() {
    String name = person();
    String team = team();
    String byHand = team();
    directory.join(name, "mdlibs-" + team);
    directory.join(name, "mdlibs-no-such-team");
    login(name);
    assertThat(memberships(name, team)).isEqualTo(1);
    server.execute(
        "insert into team_members (team_id, user_id, role, joined_at)"
            + " select t.id, u.id, 'member', u.created_at from teams t, users u"
            + " where t.name = ? and u.username = ?",
        byHand,
        name);
    directory.leave(name, "mdlibs-" + team);
    login(name);
    assertThat(memberships(name, team)).isZero();
    assertThat(memberships(name, byHand)).isEqualTo(1);
  }

  @Test
  void the_group_of_administrators_makes_and_unmakes_one() {
    String name = person();
    directory.join(name, "mdlibs-administrators");
    login(name);
    assertThat(role(name)).isEqualTo("ADMIN");
    directory.leave(name, "mdlibs-administrators");
    login(name);
    assertThat(role(name)).isEqualTo("USER");
  }

  @Test
  void who_is_suspended_here_stays_out() {
    String name = person();
    RegistryClient ann = login(name);
    server.execute("update users set suspended = true where username = ?", name);
    refused(name, SECRET);
    ann.get("/users/me").isProblem(401, "INVALID_TOKEN");
  }

  @Test
  void a_removal_takes_effect_without_a_login() throws InterruptedException {
    String leaver = person();
    String changer = person();
    String team = team();
    directory.join(changer, "mdlibs-" + team);
    directory.join(changer, "mdlibs-administrators");
    RegistryClient left = login(leaver);
    RegistryClient changed = login(changer);
    assertThat(memberships(changer, team)).isEqualTo(1);
    directory.remove(leaver);
    directory.leave(changer, "mdlibs-" + team);
    directory.leave(changer, "mdlibs-administrators");
    eventually(() -> left.get("/users/me").status() == 401 && memberships(changer, team) == 0);
    assertThat(role(changer)).isEqualTo("USER");
    changed.get("/users/me").is(200);
    left.get("/users/me").isProblem(401, "INVALID_TOKEN");
    isShownAsClosedByItsSource(leaver);
  }

  private void isShownAsClosedByItsSource(String name) {
    String path = "/admin/users/" + server.text("select id from users where username = ?", name);
    RegistryClient admin = client.admin();
    assertThat(admin.get(path).is(200).json().getBoolean("suspended")).isTrue();
    assertThat(closers(admin.get(path))).isEqualTo("[\"source\"]");
    String found = admin.get("/admin/users?suspended=true&q=" + name).is(200).text();
    assertThat(found).contains(name);
    assertThat(admin.get("/admin/users?suspended=false&q=" + name).is(200).text())
        .doesNotContain(name);
    assertThat(closers(admin.call("PATCH", path, "{\"suspended\":true}")))
        .isEqualTo("[\"administrator\",\"source\"]");
    assertThat(closers(admin.call("PATCH", path, "{\"suspended\":false}")))
        .isEqualTo("[\"source\"]");
  }

  private static String closers(Answer user) {
    return user.is(200).json().getJsonArray("suspended_by").toString();
  }

  @Test
  void while_the_directory_is_away_its_accounts_wait_and_the_others_work() {
    String name = person();
    RegistryClient in = login(name);
    RegistryClient ann = client.newUser();
    directory.stop();
    try {
      client.loginAnswer(name, SECRET).isProblem(503, "DIRECTORY_UNAVAILABLE");
      client.loginAnswer(ann.username(), LOCAL).is(200);
      refused(ann.username(), "wrong");
      in.get("/users/me").is(200);
    } finally {
      directory.resume();
    }
    login(name);
  }
}
