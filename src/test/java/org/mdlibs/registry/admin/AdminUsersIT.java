package org.mdlibs.registry.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.admin.Administration.delete;
import static org.mdlibs.registry.admin.Administration.patch;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class AdminUsersIT {
  private static final String GOOD = "a good password of mine";

  private final RegistryClient client;
  private final RegistryServer server;
  private final Administration administration;

  AdminUsersIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.administration = new Administration(client, server);
  }

  @AfterEach
  void restoreTheFirstAdministrator() {
    administration.restore();
  }

  private static List<String> usernames(Answer answer) {
    return answer.json().getJsonArray("users").getValuesAs(JsonObject.class).stream()
        .map(user -> user.getString("username"))
        .toList();
  }

  private static Answer find(RegistryClient admin, String text) {
    return admin.get("/admin/users?q=" + URLEncoder.encode(text, UTF_8)).is(200);
  }

  private Stream<Answer> everyOperation(RegistryClient caller, String user) {
    String path = "/admin/users/" + administration.id(user);
    return Stream.of(
        caller.get("/admin/users"),
        caller.get(path),
        caller.post("/admin/users", "{\"username\":\"made\",\"email\":\"made@example.org\"}"),
        patch(caller, path, "{\"suspended\":true}"),
        patch(caller, "/admin/teams/" + UUID.randomUUID(), "{\"quota_bytes\":1}"),
        caller.post(path + "/password-reset", "{}"),
        caller.get("/admin/audit"),
        caller.get("/admin/audit", "Accept", "application/x-ndjson"),
        caller.get("/admin/usage"),
        delete(caller, path));
  }

  @Test
  void nobody_but_an_administrator_comes_in() {
    RegistryClient ann = client.newUser();
    everyOperation(client, ann.username())
        .forEach(answer -> answer.isProblem(401, "AUTHENTICATION_REQUIRED"));
    everyOperation(ann, ann.username()).forEach(answer -> answer.isProblem(403, "FORBIDDEN"));
    RegistryClient narrow = administration.newAdministrator();
    server.execute(
        "update tokens set scopes = 'read publish manage'"
            + " where user_id = (select id from users where username = ?)",
        narrow.username());
    everyOperation(narrow, ann.username()).forEach(answer -> answer.isProblem(403, "FORBIDDEN"));
    ann.get("/users/me").is(200);
    assertThat(server.count("select count(*) from users where username = 'made'")).isZero();
  }

  @Test
  void shows_an_account() {
    RegistryClient ann = client.newUser();
    ann.publish(archive("notes", "1.0.0")).is(201);
    Answer answer = client.admin().get(administration.path(ann)).is(200);
    JsonObject user = answer.json();
    assertThat(user)
        .containsOnlyKeys(
            "id",
            "username",
            "email",
            "role",
            "suspended",
            "created_at",
            "libraries_count",
            "storage");
    assertThat(user.getString("username")).isEqualTo(ann.username());
    assertThat(user.getString("email")).isEqualTo(ann.username() + "@example.org");
    assertThat(user.getString("role")).isEqualTo("user");
    assertThat(user.getBoolean("suspended")).isFalse();
    assertThat(user.getInt("libraries_count")).isEqualTo(1);
    assertThat(user.getJsonObject("storage").getInt("used_bytes")).isPositive();
    assertThat(user.getJsonObject("storage").getInt("quota_bytes")).isEqualTo(2_500_000);
    assertThat(user.getString("created_at")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
  }

  @Test
  void finds_accounts_by_a_part_of_name_or_address() {
    RegistryClient admin = client.admin();
    String part = "q" + Long.toString(System.nanoTime(), 36);
    client.register("ann." + part, "first-" + part + "@Example.org", GOOD).is(201);
    client.register("bob." + part, "second-" + part + "@example.org", GOOD).is(201);
    Answer both = find(admin, part.toUpperCase(Locale.ROOT));
    assertThat(usernames(both)).containsExactly("ann." + part, "bob." + part);
    assertThat(both.json().getInt("total")).isEqualTo(2);
    assertThat(usernames(find(admin, "second-" + part))).containsExactly("bob." + part);
    Answer second = admin.get("/admin/users?per_page=1&page=2&q=" + part).is(200);
    assertThat(usernames(second)).containsExactly("bob." + part);
    assertThat(second.header("Link").orElseThrow())
        .contains("</api/v1/admin/users?")
        .contains("rel=\"prev\"")
        .doesNotContain("rel=\"next\"");
    server.execute("update users set suspended = true where username = ?", "ann." + part);
    assertThat(usernames(admin.get("/admin/users?suspended=true&q=" + part).is(200)))
        .containsExactly("ann." + part);
    assertThat(usernames(admin.get("/admin/users?suspended=false&q=" + part).is(200)))
        .containsExactly("bob." + part);
    assertThat(usernames(admin.get("/admin/users?role=admin").is(200))).containsExactly("admin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "!", "!%", "__", "' or 1=1 --", "\\", "\"", "*", "us%r", "; drop"})
  void takes_every_character_for_itself(String text) {
    client.newUser();
    assertThat(usernames(find(client.admin(), text))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "role=root, role",
    "role=ADMIN, role",
    "suspended=maybe, suspended",
    "page=0, page",
    "per_page=101, per_page",
    "page=x, page",
    "q=a%00b, q"
  })
  void refuses_filters_that_mean_nothing(String query, String field) {
    client.admin().get("/admin/users?" + query).isProblem(400, "INVALID_INPUT").hasFaults(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000-0000-4000-8000-000000000000",
        "1-1-1-1-1",
        "ann",
        "00000000-0000-4000-8000-00000000000g",
        "'%20or%201=1"
      })
  void an_account_that_does_not_exist(String id) {
    RegistryClient admin = client.admin();
    String path = "/admin/users/" + id;
    admin.get(path).isProblem(404, "USER_NOT_FOUND");
    patch(admin, path, "{\"suspended\":true}").isProblem(404, "USER_NOT_FOUND");
    admin.post(path + "/password-reset", "{}").isProblem(404, "USER_NOT_FOUND");
    delete(admin, path).isProblem(404, "USER_NOT_FOUND");
    patch(admin, "/admin/teams/" + id, "{\"quota_bytes\":1}").isProblem(404, "SCOPE_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"suspended\":\"true\"}; suspended",
        "{\"suspended\":1}; suspended",
        "{\"role\":5}; role",
        "{\"role\":\"root\"}; role",
        "{\"role\":\"ADMIN\"}; role",
        "{\"quota_bytes\":\"5\"}; quota_bytes",
        "{\"quota_bytes\":-1}; quota_bytes",
        "{\"quota_bytes\":1.5}; quota_bytes",
        "{\"quota_bytes\":true}; quota_bytes",
        "{\"quota_bytes\":99999999999999999999}; quota_bytes",
        "{\"quota_bytes\":9007199254740992}; quota_bytes"
      })
  void refuses_a_change_of_the_wrong_type(String json, String field) {
    RegistryClient ann = client.newUser();
    String path = administration.path(ann);
    patch(client.admin(), path, json).isProblem(400, "INVALID_INPUT").hasFaults(field);
    ann.get("/users/me").is(200);
  }

  @Test
  void suspends_and_restores() {
    RegistryClient ann = client.newUser();
    RegistryClient admin = client.admin();
    String target = "user:" + ann.username();
    assertThat(
            patch(admin, administration.path(ann), "{\"suspended\":true}")
                .is(200)
                .json()
                .getBoolean("suspended"))
        .isTrue();
    ann.get("/users/me").isProblem(401, "INVALID_TOKEN");
    client.loginAnswer(ann.username(), GOOD).isProblem(401, "INVALID_CREDENTIALS");
    patch(admin, administration.path(ann), "{\"suspended\":true}").is(200);
    assertThat(administration.events("user.suspended", target)).isEqualTo(1);
    patch(admin, administration.path(ann), "{\"suspended\":false}").is(200);
    client.loginAnswer(ann.username(), GOOD).is(200);
    assertThat(administration.events("user.restored", target)).isEqualTo(1);
  }

  @Test
  void an_open_connection_of_a_suspended_user_is_of_no_use() throws IOException {
    RegistryClient ann = client.newUser();
    try (var socket = new Socket("localhost", server.port())) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      assertThat(exchange(socket, in, ann.token())).startsWith("HTTP/1.1 200");
      patch(client.admin(), administration.path(ann), "{\"suspended\":true}").is(200);
      assertThat(exchange(socket, in, ann.token())).startsWith("HTTP/1.1 401");
    }
  }

  /** Sends a request over a connection that stays open, and reads its answer to the end. */
  private static String exchange(Socket socket, BufferedReader in, String token)
      throws IOException {
    String request =
        "GET /api/v1/users/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    String status = in.readLine();
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      in.read();
    }
    return status;
  }

  @Test
  void makes_administrators_and_unmakes_them() {
    RegistryClient ann = client.newUser();
    RegistryClient admin = client.admin();
    patch(admin, administration.path(ann), "{\"role\":\"admin\"}").is(200);
    ann.get("/admin/users").is(200);
    patch(ann, administration.path(ann), "{\"role\":\"user\"}").is(200);
    ann.get("/admin/users").isProblem(403, "FORBIDDEN");
    assertThat(administration.events("user.role_changed", "user:" + ann.username())).isEqualTo(2);
  }

  @Test
  void sets_a_quota_and_takes_it_back() {
    RegistryClient ann = client.newUser();
    RegistryClient admin = client.admin();
    String path = administration.path(ann);
    JsonObject changed = patch(admin, path, "{\"quota_bytes\":10}").is(200).json();
    assertThat(changed.getJsonObject("storage").getInt("quota_bytes")).isEqualTo(10);
    ann.publish(archive("notes", "1.0.0")).isProblem(403, "QUOTA_EXCEEDED");
    patch(admin, path, "{\"quota_bytes\":6000000000}").is(200);
    JsonObject untouched = patch(admin, path, "{}").is(200).json();
    assertThat(untouched.getJsonObject("storage").getJsonNumber("quota_bytes").longValue())
        .isEqualTo(6_000_000_000L);
    JsonObject reset = patch(admin, path, "{\"quota_bytes\":null}").is(200).json();
    assertThat(reset.getJsonObject("storage").getInt("quota_bytes")).isEqualTo(2_500_000);
    ann.publish(archive("notes", "1.0.0")).is(201);
    assertThat(administration.events("user.quota_changed", "user:" + ann.username())).isEqualTo(3);
  }

  @Test
  void the_last_administrator_stays() {
    RegistryClient admin = client.admin();
    String path = administration.path(admin);
    long events = server.count("select count(*) from audit_events where target = 'user:admin'");
    patch(admin, path, "{\"role\":\"user\"}").isProblem(409, "LAST_ADMINISTRATOR");
    patch(admin, path, "{\"suspended\":true}").isProblem(409, "LAST_ADMINISTRATOR");
    patch(admin, path, "{\"quota_bytes\":5,\"role\":\"user\"}")
        .isProblem(409, "LAST_ADMINISTRATOR");
    delete(admin, path).isProblem(409, "LAST_ADMINISTRATOR");
    admin.get("/admin/users").is(200);
    assertThat(server.text("select quota_bytes from namespaces where name = 'admin'")).isNull();
    assertThat(server.count("select count(*) from audit_events where target = 'user:admin'"))
        .isEqualTo(events);
    RegistryClient suspended = administration.newAdministrator();
    server.execute("update users set suspended = true where username = ?", suspended.username());
    patch(admin, path, "{\"suspended\":true}").isProblem(409, "LAST_ADMINISTRATOR");
    patch(admin, administration.path(suspended), "{\"role\":\"user\"}").is(200);
  }

  @Test
  void one_of_two_last_administrators_stays_however_they_race() {
    for (int round = 0; round < 5; round++) {
      RegistryClient ann = administration.newAdministrator();
      RegistryClient bob = administration.newAdministrator();
      server.execute("update users set role = 'USER' where username = 'admin'");
      String annsPath = administration.path(ann);
      String bobsPath = administration.path(bob);
      boolean themselves = round % 2 == 0;
      var first =
          CompletableFuture.supplyAsync(
              () -> patch(ann, themselves ? annsPath : bobsPath, "{\"role\":\"user\"}"));
      var second =
          CompletableFuture.supplyAsync(
              () ->
                  themselves
                      ? delete(bob, bobsPath)
                      : patch(bob, annsPath, "{\"suspended\":true}"));
      List<Integer> statuses = List.of(first.join().status(), second.join().status());
      assertThat(statuses.stream().filter(status -> status < 300)).as("%s", statuses).hasSize(1);
      assertThat(statuses).as("%s", statuses).allMatch(s -> s < 300 || s == 409 || s == 403);
      assertThat(server.count("select count(*) from users where role = 'ADMIN' and not suspended"))
          .isEqualTo(1);
      administration.restore();
    }
  }

  @Test
  void makes_accounts() {
    RegistryClient admin = client.admin();
    String name = "made" + Long.toString(System.nanoTime(), 36);
    Answer answer =
        admin
            .post(
                "/admin/users",
                "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"%s\"}"
                    .formatted(name, name, GOOD))
            .is(201);
    assertThat(answer.json()).containsOnlyKeys("id", "username", "email", "role", "created_at");
    assertThat(answer.header("Location").orElseThrow())
        .endsWith("/api/v1/admin/users/" + answer.string("id"));
    client.loginAnswer(name, GOOD).is(200);
    admin
        .post(
            "/admin/users",
            "{\"username\":\"%s\",\"email\":\"other-%s@example.org\"}".formatted(name, name))
        .isProblem(409, "USERNAME_TAKEN");
    admin
        .post("/admin/users", "{\"username\":\"api\",\"email\":\"x\",\"role\":\"root\"}")
        .isProblem(400, "INVALID_INPUT")
        .hasFaults("username", "email", "role");
    assertThat(administration.events("user.registered", "user:" + name)).isEqualTo(1);
  }

  @Test
  void makes_accounts_whose_owner_sets_the_password() {
    String name = "coded" + Long.toString(System.nanoTime(), 36);
    Answer answer =
        client
            .admin()
            .post(
                "/admin/users",
                "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"role\":\"admin\"}"
                    .formatted(name, name))
            .is(201);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    client.loginAnswer(name, GOOD).isProblem(401, "INVALID_CREDENTIALS");
    String code = answer.json().getJsonObject("password_reset").getString("code");
    client
        .post(
            "/auth/password-reset",
            "{\"code\":\"%s\",\"new_password\":\"%s\"}".formatted(code, GOOD))
        .is(204);
    String token = client.loginAnswer(name, GOOD).is(200).string("token");
    client.withToken(token).get("/admin/users").is(200);
  }

  @Test
  void erases_the_person_and_keeps_what_was_published() {
    RegistryClient admin = client.admin();
    RegistryClient ann = client.newUser();
    String name = ann.username();
    ann.publish(archive("notes", "1.0.0")).is(201);
    patch(ann, administration.path(ann), "{\"role\":\"admin\"}").is(403);
    server.execute(
        "insert into downloads (id, version_id, downloaded_at, downloaded_by, ip_address)"
            + " select v.id, v.id, v.created_at, u.id, '203.0.113.0' from library_versions v, users u"
            + " where u.username = ? and v.created_by = u.id",
        name);
    server.execute(
        "insert into api_calls (user_id, day, count) select id, 1, 3 from users where username = ?",
        name);
    String path = administration.path(ann);
    delete(admin, path).is(204);
    ann.get("/users/me").isProblem(401, "INVALID_TOKEN");
    client.loginAnswer(name, GOOD).isProblem(401, "INVALID_CREDENTIALS");
    client.loginAnswer(name + "@example.org", GOOD).isProblem(401, "INVALID_CREDENTIALS");
    client.get("/libraries/" + name + "/notes").is(200);
    client.get("/libraries/" + name + "/notes/1.0.0").is(200);
    client.download(name, "notes", "1.0.0").is(200);
    admin.get(path).isProblem(404, "USER_NOT_FOUND");
    delete(admin, path).isProblem(404, "USER_NOT_FOUND");
    patch(admin, path, "{\"suspended\":false}").isProblem(404, "USER_NOT_FOUND");
    assertThat(usernames(find(admin, name))).isEmpty();
    String his = " where user_id = (select id from users where username = ?)";
    assertThat(server.count("select count(*) from tokens" + his, name)).isZero();
    assertThat(
            server.text(
                "select email || email_key || coalesce(password_hash, '') from users"
                    + " where username = ?",
                name))
        .doesNotContain("@")
        .doesNotContain("argon2");
    assertThat(
            server.text(
                "select cast(d.downloaded_by as varchar(36)) || coalesce(d.ip_address, ' nowhere')"
                    + " from downloads d join library_versions v on v.id = d.id"
                    + " where v.created_by = (select id from users where username = ?)",
                name))
        .isEqualTo("00000000-0000-0000-0000-000000000000 nowhere");
    assertThat(server.count("select count(*) from api_calls" + his + " and day = 1", name))
        .isZero();
    assertThat(
            server.count(
                "select count(*) from audit_events where actor = ? and address is not null", name))
        .isZero();
    assertThat(server.count("select count(*) from audit_events where actor = ?", name))
        .isPositive();
    assertThat(administration.events("user.erased", "user:" + name)).isEqualTo(1);
    client.register(name, "other-" + name + "@example.org", GOOD).isProblem(409, "USERNAME_TAKEN");
    client.register("heir." + name, name + "@example.org", GOOD).is(201);
  }

  @Test
  void leaves_no_team_without_an_admin() {
    RegistryClient admin = client.admin();
    RegistryClient ann = client.newUser();
    RegistryClient bob = client.newUser();
    String team = newTeam("team" + ann.username());
    join(team, ann, "admin");
    join(team, bob, "member");
    delete(admin, administration.path(ann)).isProblem(409, "CONFLICT");
    ann.get("/users/me").is(200);
    server.execute(
        "update team_members set role = 'admin'"
            + " where user_id = (select id from users where username = ?)",
        bob.username());
    delete(admin, administration.path(ann)).is(204);
    delete(admin, administration.path(bob)).is(204);
  }

  private String newTeam(String name) {
    String id = UUID.randomUUID().toString();
    String now = "(select created_at from users where username = 'admin')";
    server.execute(
        "insert into namespaces (id, name, scope_type, created_at) values ('%s', '%s', 'team', %s)"
            .formatted(id, name, now));
    server.execute(
        ("insert into teams (id, name, display_name, created_by, created_at) values ('%s', '%s',"
                + " 'Team', (select id from users where username = 'admin'), %s)")
            .formatted(id, name, now));
    return id;
  }

  private void join(String team, RegistryClient user, String role) {
    server.execute(
        "insert into team_members (team_id, user_id, role, joined_at)"
            + " select '%s', id, '%s', created_at from users where username = '%s'"
                .formatted(team, role, user.username()));
  }

  @Test
  void sets_the_quota_of_a_team() {
    RegistryClient admin = client.admin();
    String name = "quota" + Long.toString(System.nanoTime(), 36);
    String team = newTeam(name);
    JsonObject changed =
        patch(admin, "/admin/teams/" + team, "{\"quota_bytes\":77}").is(200).json();
    assertThat(changed.getString("scope")).isEqualTo(name);
    assertThat(changed.getJsonObject("storage").getInt("quota_bytes")).isEqualTo(77);
    patch(admin, "/admin/teams/" + team, "{\"quota_bytes\":null}").is(200);
    patch(admin, "/admin/teams/" + team, "{\"quota_bytes\":[]}")
        .isProblem(400, "INVALID_INPUT")
        .hasFaults("quota_bytes");
    assertThat(administration.events("team.quota_changed", "team:" + name)).isEqualTo(2);
    String user = administration.id("admin");
    patch(admin, "/admin/teams/" + user, "{\"quota_bytes\":1}").isProblem(404, "SCOPE_NOT_FOUND");
  }

  @Test
  void tells_what_each_scope_takes() {
    RegistryClient ann = client.newUser();
    ann.publish(archive("notes", "1.0.0")).is(201);
    ann.publish(archive("notes", "1.1.0")).is(201);
    ann.publish(archive("other", "1.0.0")).is(201);
    server.execute("update namespaces set used_bytes = 9000000 where name = ?", ann.username());
    Answer answer = client.admin().get("/admin/usage?per_page=1").is(200);
    JsonObject first = answer.json().getJsonArray("scopes").getJsonObject(0);
    assertThat(first.getString("scope")).isEqualTo(ann.username());
    assertThat(first.getString("type")).isEqualTo("user");
    assertThat(first.getInt("libraries_count")).isEqualTo(2);
    assertThat(first.getInt("versions_count")).isEqualTo(3);
    assertThat(first.getInt("downloads")).isZero();
    assertThat(first.getJsonObject("storage").getInt("used_bytes")).isEqualTo(9_000_000);
    assertThat(answer.header("Link").orElseThrow()).contains("rel=\"next\"");
    client.admin().get("/admin/usage?page=0").isProblem(400, "INVALID_INPUT").hasFaults("page");
    server.execute("update namespaces set used_bytes = 0 where name = ?", ann.username());
  }
}
