package org.mdlibs.registry.login;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class PasswordIT {
  private static final String OLD = RegistryClient.PASSWORD;

  /** The password of {@link #WEAK}. */
  static final String WEAK_PASSWORD = "a weakly hashed one";

  /** Its hash, with 4 MiB and one pass. */
  static final String WEAK =
      "$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHRzb21lc2FsdA"
          + "$O3GAsINpcCNZWzusi9uKy5zkosyo/DtdeBafoyUBVes";

  private static final String NEW = "a better password of mine";

  private final RegistryClient client;
  private final RegistryServer server;

  PasswordIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  private static String json(String current, String wanted) {
    return Json.createObjectBuilder()
        .add("current_password", current)
        .add("new_password", wanted)
        .build()
        .toString();
  }

  private static Answer change(RegistryClient who, String current, String wanted) {
    return who.put("/users/me/password", json(current, wanted));
  }

  private RegistryClient again(RegistryClient user) {
    return user.withToken(client.loginAnswer(user.username(), OLD).is(200).string("token"));
  }

  private static RegistryClient machine(RegistryClient user) {
    return user.withToken(
        user.post("/auth/tokens", "{\"name\":\"ci\",\"scopes\":[\"read\",\"manage\"]}")
            .is(201)
            .string("token"));
  }

  @Test
  void changes_the_password_and_ends_the_other_logins_at_once() {
    RegistryClient ann = client.newUser();
    RegistryClient elsewhere = again(ann);
    RegistryClient machine = machine(ann);
    elsewhere.get("/users/me").is(200);
    change(ann, OLD, NEW).is(204);
    elsewhere.get("/users/me").isProblem(401, "INVALID_TOKEN");
    ann.get("/users/me").is(200);
    machine.get("/users/me").is(200);
    client.loginAnswer(ann.username(), OLD).isProblem(401, "INVALID_CREDENTIALS");
    client.loginAnswer(ann.username(), NEW).is(200);
    assertThat(
            server.text(
                "select outcome from audit_events where action = 'user.password_changed'"
                    + " and target = ?",
                "user:" + ann.username()))
        .isEqualTo("success");
  }

  @Test
  void ends_the_api_tokens_too_when_it_is_told_to() {
    RegistryClient ann = client.newUser();
    RegistryClient machine = machine(ann);
    ann.put(
            "/users/me/password",
            "{\"current_password\":\"%s\",\"new_password\":\"%s\",\"revoke_tokens\":true}"
                .formatted(OLD, NEW))
        .is(204);
    machine.get("/users/me").isProblem(401, "INVALID_TOKEN");
    ann.get("/users/me").is(200);
  }

  @Test
  void changes_nothing_without_the_current_password() {
    RegistryClient ann = client.newUser();
    RegistryClient elsewhere = again(ann);
    String before = hash(ann);
    change(ann, "wrong", NEW).isProblem(401, "INVALID_CREDENTIALS");
    assertThat(hash(ann)).isEqualTo(before);
    elsewhere.get("/users/me").is(200);
  }

  @Test
  void takes_no_api_token_for_a_person() {
    RegistryClient ann = client.newUser();
    change(machine(ann), OLD, NEW).isProblem(403, "FORBIDDEN");
    client.put("/users/me/password", json(OLD, NEW)).isProblem(401, "AUTHENTICATION_REQUIRED");
    client.loginAnswer(ann.username(), OLD).is(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | current_password new_password",
        "{\"current_password\":\"x\",\"new_password\":\"short\"} | new_password",
        "{\"current_password\":\"x\",\"new_password\":\"password1\"} | new_password",
        "{\"current_password\":1,\"new_password\":\"long enough it is\"} | current_password"
      })
  void refuses_input_that_makes_no_sense(String json, String fields) {
    client
        .newUser()
        .put("/users/me/password", json)
        .isProblem(400, "INVALID_INPUT")
        .hasFaults(fields.split(" ", -1));
  }

  @Test
  void is_throttled_like_a_login() {
    RegistryClient ann = client.newUser();
    int throttled = 0;
    for (int i = 0; i < 14 && throttled == 0; i++) {
      throttled = change(ann, "wrong" + i, NEW).status() == 429 ? i : 0;
    }
    assertThat(throttled).isGreaterThanOrEqualTo(10);
    change(ann, OLD, NEW).isProblem(429, "TOO_MANY_REQUESTS");
    assertThat(hash(ann)).startsWith("$argon2id$");
  }

  @Test
  void hashes_anew_what_was_hashed_with_less() {
    RegistryClient ann = client.newUser();
    server.execute("update users set password_hash = ? where username = ?", WEAK, ann.username());
    client.loginAnswer(ann.username(), WEAK_PASSWORD).is(200);
    assertThat(hash(ann)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    client.loginAnswer(ann.username(), WEAK_PASSWORD).is(200);
  }

  private String hash(RegistryClient user) {
    return server.text("select password_hash from users where username = ?", user.username());
  }
}
