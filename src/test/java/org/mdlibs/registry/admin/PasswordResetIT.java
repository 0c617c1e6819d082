package org.mdlibs.registry.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class PasswordResetIT {
  private static final String GOOD = "a good password of mine";
  private static final String BETTER = "a better password of mine";

  private final RegistryClient client;
  private final RegistryServer server;
  private final Administration administration;

  PasswordResetIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.administration = new Administration(client, server);
  }

  private Answer issue(RegistryClient user) {
    return client.admin().post(administration.path(user) + "/password-reset", "");
  }

  private Answer use(String code, String password) {
    return client.post("/auth/password-reset", body(code, password));
  }

  private static String body(String code, String password) {
    return Json.createObjectBuilder(Map.of("code", code, "new_password", password))
        .build()
        .toString();
  }

  @Test
  void a_code_sets_a_new_password_and_ends_all_logins() {
    RegistryClient ann = client.newUser();
    Answer issued = issue(ann).is(201);
    assertThat(issued.json()).containsOnlyKeys("code", "expires_at");
    assertThat(issued.header("Cache-Control")).contains("no-store");
    assertThat(issued.string("code")).matches("[A-Za-z0-9_-]{43}");
    assertThat(Instant.parse(issued.string("expires_at")))
        .isBetween(
            Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
    ann.get("/users/me").is(200);
    use(issued.string("code"), BETTER).is(204);
    ann.get("/users/me").isProblem(401, "INVALID_TOKEN");
    client.loginAnswer(ann.username(), GOOD).isProblem(401, "INVALID_CREDENTIALS");
    client.loginAnswer(ann.username(), BETTER).is(200);
    assertThat(administration.events("user.password_reset", "user:" + ann.username())).isEqualTo(2);
    assertThat(
            server.count(
                "select count(*) from audit_events where detail like ?",
                "%" + issued.string("code") + "%"))
        .isZero();
  }

  @Test
  void keeps_no_code_in_clear() {
    RegistryClient ann = client.newUser();
    String code = issue(ann).is(201).string("code");
    assertThat(
            server.text(
                "select code_hash from password_resets"
                    + " where user_id = (select id from users where username = ?)",
                ann.username()))
        .matches("[0-9a-f]{64}")
        .doesNotContain(code);
  }

  @Test
  void a_code_that_is_wrong_used_replaced_or_too_old_is_refused_alike() {
    RegistryClient ann = client.newUser();
    JsonObject unknown = refused("x".repeat(43));
    String replaced = issue(ann).is(201).string("code");
    String used = issue(ann).is(201).string("code");
    assertThat(refused(replaced)).isEqualTo(unknown);
    use(used, BETTER).is(204);
    assertThat(refused(used)).isEqualTo(unknown);
    String old = issue(ann).is(201).string("code");
    server.execute(
        "update password_resets set expires_at = ?"
            + " where user_id = (select id from users where username = ?)",
        Timestamp.from(Instant.now().minusSeconds(1)),
        ann.username());
    assertThat(refused(old)).isEqualTo(unknown);
    String suspended = issue(ann).is(201).string("code");
    server.execute("update users set suspended = true where username = ?", ann.username());
    assertThat(refused(suspended)).isEqualTo(unknown);
    server.execute("update users set suspended = false where username = ?", ann.username());
    client.loginAnswer(ann.username(), BETTER).is(200);
    // Too old, and suspended: those codes say whose they are. The others were forgotten.
    assertThat(failures("user:" + ann.username())).isEqualTo(2);
  }

  private long failures(String target) {
    return server.count(
        "select count(*) from audit_events where action = 'user.password_reset'"
            + " and outcome = 'failure' and target = ?",
        target);
  }

  @Test
  void records_a_code_that_failed_and_names_nobody_by_it() {
    RegistryClient ann = client.newUser();
    long before = failures("user:?");
    refused(ann.username());
    refused("y".repeat(43));
    assertThat(failures("user:?")).isEqualTo(before + 2);
    assertThat(failures("user:" + ann.username())).isZero();
    assertThat(server.count("select count(*) from audit_events where detail like ?", "%yyyyyyyyy%"))
        .isZero();
  }

  @Test
  void slows_down_whoever_tries_codes() {
    RegistryClient ann = client.newUser();
    String code = issue(ann).is(201).string("code");
    String body = body(code, "short");
    int answered = 0;
    Answer last;
    do {
      last = from("198.51.100.77", body("z" + answered++, BETTER));
    } while (last.status() == 400 && answered < 150);
    last.isProblem(429, "TOO_MANY_REQUESTS");
    assertThat(answered).isGreaterThan(100);
    from("198.51.100.77", body(code, BETTER)).isProblem(429, "TOO_MANY_REQUESTS");
    from("198.51.100.78", body).isProblem(400, "INVALID_INPUT");
    from("198.51.100.78", body(code, BETTER)).is(204);
  }

  private Answer from(String address, String json) {
    return client.send(
        client
            .request(RegistryClient.API + "/auth/password-reset")
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", address)
            .POST(BodyPublishers.ofString(json)));
  }

  private JsonObject refused(String code) {
    JsonObject problem = use(code, GOOD).isProblem(400, "INVALID_RESET_CODE").json();
    return Json.createObjectBuilder(problem).remove("instance").build();
  }

  @Test
  void one_of_two_who_use_a_code_at_once_succeeds() {
    RegistryClient ann = client.newUser();
    String code = issue(ann).is(201).string("code");
    List<CompletableFuture<Answer>> rivals =
        List.of(
            CompletableFuture.supplyAsync(() -> use(code, BETTER + 1)),
            CompletableFuture.supplyAsync(() -> use(code, BETTER + 2)),
            CompletableFuture.supplyAsync(() -> use(code, BETTER + 3)));
    List<Integer> statuses = rivals.stream().map(rival -> rival.join().status()).toList();
    assertThat(statuses).containsExactlyInAnyOrder(204, 400, 400);
    int winner = statuses.indexOf(204) + 1;
    client.loginAnswer(ann.username(), BETTER + winner).is(200);
  }

  @Test
  void a_bad_password_does_not_use_the_code_up() {
    RegistryClient ann = client.newUser();
    String code = issue(ann).is(201).string("code");
    use(code, "short").isProblem(400, "INVALID_INPUT").hasFaults("new_password");
    use(code, "password1").isProblem(400, "INVALID_INPUT").hasFaults("new_password");
    use(code, ann.username()).isProblem(400, "INVALID_INPUT").hasFaults("new_password");
    use(code, BETTER).is(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; code,new_password",
        "{\"code\":5,\"new_password\":true}; code,new_password",
        "{\"code\":\"\",\"new_password\":\"a good password of mine\"}; code",
        "{\"code\":null,\"new_password\":\"a good password of mine\"}; code"
      })
  void refuses_what_is_no_code(String json, String fields) {
    client
        .post("/auth/password-reset", json)
        .isProblem(400, "INVALID_INPUT")
        .hasFaults(fields.split(",", -1));
  }

  @Test
  void an_account_from_outside_has_no_password_here() {
    RegistryClient ann = client.newUser();
    String code = issue(ann).is(201).string("code");
    server.execute(
        "update users set issuer = 'https://login.example.org', subject = username"
            + " where username = ?",
        ann.username());
    issue(ann).isProblem(409, "ACCOUNT_NOT_LOCAL");
    use(code, BETTER).isProblem(400, "INVALID_RESET_CODE");
    assertThat(client.admin().get(administration.path(ann)).is(200).string("issuer"))
        .isEqualTo("https://login.example.org");
  }
}
