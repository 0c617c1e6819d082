package org.mdlibs.registry.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class TokenIT {
  private final RegistryClient client;
  private final RegistryServer server;

  TokenIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  private static Answer make(RegistryClient owner, String scopes) {
    return owner.post("/auth/tokens", "{\"name\":\"ci\",\"scopes\":[" + scopes + "]}");
  }

  private static RegistryClient with(RegistryClient owner, String scopes) {
    return owner.withToken(make(owner, scopes).is(201).string("token"));
  }

  private static List<JsonObject> list(RegistryClient owner) {
    return owner
        .get("/auth/tokens")
        .is(200)
        .json()
        .getJsonArray("tokens")
        .getValuesAs(JsonObject.class);
  }

  private long tokensOf(RegistryClient owner) {
    return server.count(
        "select count(*) from tokens t join users u on u.id = t.user_id"
            + " where t.kind = 'api' and u.username = ?",
        owner.username());
  }

  private String inDatabase(String id, String column) {
    return server.text("select " + column + " from tokens where cast(id as varchar(40)) = ?", id);
  }

  private long events(String action, String target) {
    return server.count(
        "select count(*) from audit_events where action = ? and target = ?", action, target);
  }

  @Test
  void makes_a_token_and_shows_it_once() throws NoSuchAlgorithmException {
    RegistryClient ann = client.newUser();
    Answer made =
        ann.post(
                "/auth/tokens",
                "{\"name\":\" build server \",\"expires_in_days\":30,\"scopes\":[\"publish\",\"read\"]}")
            .is(201);
    assertThat(made.header("Cache-Control")).contains("no-store");
    assertThat(made.json())
        .containsOnlyKeys("id", "name", "scopes", "created_at", "expires_at", "token");
    assertThat(made.string("name")).isEqualTo("build server");
    assertThat(made.json().getJsonArray("scopes")).hasToString("[\"read\",\"publish\"]");
    String token = made.string("token");
    assertThat(token).matches("mdl_[0-9A-Za-z]{49}");
    assertThat(
            Duration.between(
                Instant.parse(made.string("created_at")), Instant.parse(made.string("expires_at"))))
        .isEqualTo(Duration.ofDays(30));
    Answer listed = ann.get("/auth/tokens").is(200);
    assertThat(listed.text()).doesNotContain(token).doesNotContain("hash");
    assertThat(list(ann))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.getString("id")).isEqualTo(made.string("id"));
              assertThat(one).doesNotContainKeys("token", "last_used_at");
            });
    byte[] sha256 =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    assertThat(
            server.count(
                "select count(*) from tokens where "
                    + (System.getProperty("registry.database").equals("sqlite")
                        ? "hex(token_hash)"
                        : "encode(token_hash, 'hex')")
                    + " in (?, ?)",
                HexFormat.of().formatHex(sha256),
                HexFormat.of().withUpperCase().formatHex(sha256)))
        .isEqualTo(1);
    assertThat(events("token.created", "token:" + made.string("id"))).isEqualTo(1);
    ann.withToken(token).get("/users/me").is(200);
  }

  @Test
  void reads_and_nothing_else_unless_it_is_told_otherwise() {
    RegistryClient ann = client.newUser();
    Answer made = ann.post("/auth/tokens", "{\"name\":\"ci\"}").is(201);
    assertThat(made.json().getJsonArray("scopes")).hasToString("[\"read\"]");
    assertThat(
            Duration.between(
                Instant.parse(made.string("created_at")), Instant.parse(made.string("expires_at"))))
        .isEqualTo(Duration.ofDays(365));
    RegistryClient narrow = ann.withToken(made.string("token"));
    narrow.get("/libraries").is(200);
    narrow.get("/users/me").is(200);
    narrow.publish(archive("notes", "1.0.0")).isProblem(403, "FORBIDDEN");
    narrow.get("/auth/tokens").isProblem(403, "FORBIDDEN");
    narrow.delete("/auth/tokens/" + made.string("id")).isProblem(403, "FORBIDDEN");
    make(narrow, "\"read\"").isProblem(403, "FORBIDDEN");
    assertThat(tokensOf(ann)).isEqualTo(1);
  }

  @Test
  void publishes_with_the_scope_for_it() {
    RegistryClient publisher = with(client.newUser(), "\"publish\"");
    publisher.publish(archive("notes", "1.0.0")).is(201);
    publisher.get("/libraries").is(200);
    publisher.get("/auth/tokens").isProblem(403, "FORBIDDEN");
  }

  @Test
  void gives_no_scope_that_it_lacks() {
    RegistryClient ann = client.newUser();
    RegistryClient manager = with(ann, "\"manage\",\"read\"");
    make(manager, "\"publish\"").isProblem(403, "FORBIDDEN");
    make(manager, "\"read\",\"publish\"").isProblem(403, "FORBIDDEN");
    make(manager, "\"admin\"").isProblem(403, "FORBIDDEN");
    make(manager, "\"read\",\"manage\"").is(201);
    make(ann, "\"admin\"").isProblem(403, "FORBIDDEN");
    make(ann, "\"read\",\"publish\",\"manage\"").is(201);
    RegistryClient admin = client.admin();
    RegistryClient powerful = with(admin, "\"admin\",\"manage\"");
    make(powerful, "\"admin\"").is(201);
    make(with(admin, "\"manage\""), "\"admin\"").isProblem(403, "FORBIDDEN");
  }

  @Test
  void an_administrators_narrow_token_administrates_nothing() {
    RegistryClient ann = client.newUser();
    String id = make(ann, "\"read\"").is(201).string("id");
    RegistryClient narrow = with(client.admin(), "\"read\",\"publish\",\"manage\"");
    narrow.delete("/admin/tokens/" + id).isProblem(403, "FORBIDDEN");
    narrow.get("/admin/users/" + id + "/tokens").isProblem(403, "FORBIDDEN");
    ann.delete("/admin/tokens/" + id).isProblem(403, "FORBIDDEN");
    client.delete("/admin/tokens/" + id).isProblem(401, "AUTHENTICATION_REQUIRED");
    assertThat(inDatabase(id, "revoked_at")).isNull();
  }

  @Test
  void revokes_at_once_and_as_often_as_one_likes() {
    RegistryClient ann = client.newUser();
    Answer made = make(ann, "\"read\"").is(201);
    RegistryClient machine = ann.withToken(made.string("token"));
    machine.get("/users/me").is(200);
    ann.delete("/auth/tokens/" + made.string("id")).is(204);
    machine.get("/users/me").isProblem(401, "INVALID_TOKEN");
    machine.get("/libraries").isProblem(401, "INVALID_TOKEN");
    ann.delete("/auth/tokens/" + made.string("id")).is(204);
    assertThat(list(ann)).isEmpty();
    assertThat(events("token.revoked", "token:" + made.string("id"))).isEqualTo(1);
  }

  @Test
  void knows_nobody_elses_tokens() {
    RegistryClient ann = client.newUser();
    RegistryClient bob = client.newUser();
    Answer made = make(ann, "\"read\"").is(201);
    bob.delete("/auth/tokens/" + made.string("id")).isProblem(404, "TOKEN_NOT_FOUND");
    bob.delete("/auth/tokens/" + UUID.randomUUID()).isProblem(404, "TOKEN_NOT_FOUND");
    bob.delete("/auth/tokens/nonsense").isProblem(404, "TOKEN_NOT_FOUND");
    assertThat(list(bob)).isEmpty();
    ann.withToken(made.string("token")).get("/users/me").is(200);
  }

  @Test
  void administrators_list_and_revoke_anybodys() {
    RegistryClient ann = client.newUser();
    RegistryClient admin = client.admin();
    String user = ann.get("/users/me").string("id");
    Answer made = make(ann, "\"read\"").is(201);
    Answer listed = admin.get("/admin/users/" + user + "/tokens").is(200);
    assertThat(listed.json().getJsonArray("tokens").getJsonObject(0).getString("id"))
        .isEqualTo(made.string("id"));
    admin.delete("/admin/tokens/" + made.string("id")).is(204);
    admin.delete("/admin/tokens/" + made.string("id")).is(204);
    ann.withToken(made.string("token")).get("/users/me").isProblem(401, "INVALID_TOKEN");
    admin.get("/admin/users/" + UUID.randomUUID() + "/tokens").isProblem(404, "NOT_FOUND");
    admin.delete("/admin/tokens/" + UUID.randomUUID()).isProblem(404, "TOKEN_NOT_FOUND");
    assertThat(
            server.text(
                "select actor from audit_events where action = 'token.revoked' and target = ?",
                "token:" + made.string("id")))
        .isEqualTo("admin");
  }

  @Test
  void ends_when_its_time_is_over() {
    RegistryClient ann = client.newUser();
    Answer made = make(ann, "\"read\"").is(201);
    server.execute(
        "update tokens set expires_at = created_at where cast(id as varchar(40)) = ?",
        made.string("id"));
    ann.withToken(made.string("token")).get("/users/me").isProblem(401, "TOKEN_EXPIRED");
  }

  @Test
  void dies_with_its_account_being_suspended() {
    RegistryClient ann = client.newUser();
    RegistryClient machine = with(ann, "\"read\"");
    server.execute("update users set suspended = true where username = ?", ann.username());
    machine.get("/users/me").isProblem(401, "INVALID_TOKEN");
  }

  @Test
  void refuses_a_token_with_one_character_changed() {
    RegistryClient ann = client.newUser();
    String token = make(ann, "\"read\"").is(201).string("token");
    for (int i = 0; i < token.length(); i += 5) {
      char other = token.charAt(i) == 'a' ? 'b' : 'a';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      ann.withToken(changed).get("/libraries").isProblem(401, "INVALID_TOKEN");
    }
    String unknown = ApiSecret.of(new byte[32]).text();
    ann.withToken(unknown).get("/libraries").isProblem(401, "INVALID_TOKEN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | name",
        "{\"name\":\"\"} | name",
        "{\"name\":\"   \"} | name",
        "{\"name\":\"a\\nb\"} | name",
        "{\"name\":1} | name",
        "{\"name\":\"ci\",\"expires_in_days\":0} | expires_in_days",
        "{\"name\":\"ci\",\"expires_in_days\":366} | expires_in_days",
        "{\"name\":\"ci\",\"expires_in_days\":\"1\"} | expires_in_days",
        "{\"name\":\"ci\",\"scopes\":[]} | scopes",
        "{\"name\":\"ci\",\"scopes\":[\"read\",\"write\"]} | scopes",
        "{\"name\":\"ci\",\"scopes\":[\"READ\"]} | scopes",
        "{\"name\":\"ci\",\"scopes\":\"read\"} | scopes"
      })
  void refuses_input_that_makes_no_sense(String json, String field) {
    RegistryClient ann = client.newUser();
    ann.post("/auth/tokens", json).isProblem(400, "INVALID_INPUT").hasFaults(field);
    assertThat(tokensOf(ann)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/auth/tokens", "/auth/logout"})
  void is_nothing_for_strangers(String path) {
    client.post(path, "{\"name\":\"ci\"}").isProblem(401, "AUTHENTICATION_REQUIRED");
  }

  @Test
  void notes_the_last_use_once_in_a_while() throws InterruptedException {
    RegistryClient ann = client.newUser();
    Answer made = make(ann, "\"read\"").is(201);
    RegistryClient machine = ann.withToken(made.string("token"));
    machine.get("/libraries").is(200);
    for (int i = 0; i < 100 && !list(ann).get(0).containsKey("last_used_at"); i++) {
      Thread.sleep(200);
    }
    String first = list(ann).get(0).getString("last_used_at");
    assertThat(Instant.parse(first)).isAfterOrEqualTo(Instant.parse(made.string("created_at")));
    machine.get("/libraries").is(200);
    assertThat(list(ann).get(0).getString("last_used_at")).isEqualTo(first);
  }

  @Test
  void an_account_has_at_most_a_hundred() throws Exception {
    RegistryClient ann = client.newUser();
    for (int i = 0; i < Tokens.MOST_LIVE - 2; i++) {
      make(ann, "\"read\"").is(201);
    }
    var pool = Executors.newFixedThreadPool(4);
    var rivals = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 8; i++) {
      rivals.add(() -> make(ann, "\"read\"").status());
    }
    var statuses = new ArrayList<Integer>();
    for (var future : pool.invokeAll(rivals)) {
      statuses.add(future.get());
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(statuses).containsOnly(201, 409).filteredOn(s -> s == 201).hasSize(2);
    make(ann, "\"read\"").isProblem(409, "TOO_MANY_TOKENS");
    assertThat(tokensOf(ann)).isEqualTo(Tokens.MOST_LIVE);
    ann.delete("/auth/tokens/" + list(ann).get(0).getString("id")).is(204);
    make(ann, "\"read\"").is(201);
  }

  @Test
  void logging_out_ends_a_token_at_once() {
    RegistryClient ann = client.newUser();
    RegistryClient elsewhere =
        ann.withToken(
            client.loginAnswer(ann.username(), RegistryClient.PASSWORD).is(200).string("token"));
    ann.get("/users/me").is(200);
    ann.post("/auth/logout", "").is(204);
    ann.get("/users/me").isProblem(401, "INVALID_TOKEN");
    ann.post("/auth/logout", "").isProblem(401, "INVALID_TOKEN");
    elsewhere.get("/users/me").is(200);
    assertThat(events("user.logout", "user:" + ann.username())).isEqualTo(1);
    RegistryClient machine = with(elsewhere, "\"read\"");
    machine.post("/auth/logout", "").is(204);
    machine.get("/libraries").isProblem(401, "INVALID_TOKEN");
  }

  @Test
  void publishes_the_public_keys_and_no_private_one() {
    Answer answer = client.send(client.request("/.well-known/jwks.json").GET()).is(200);
    assertThat(answer.header("Cache-Control").orElse("")).startsWith("public, max-age=");
    JsonObject key = answer.json().getJsonArray("keys").getJsonObject(0);
    assertThat(key.getString("kty")).isEqualTo("EC");
    assertThat(key.getString("alg")).isEqualTo("ES256");
    assertThat(key.getString("use")).isEqualTo("sig");
    assertThat(key).containsKeys("kid", "x", "y").doesNotContainKey("d");
    assertThat(answer.text()).doesNotContain("\"d\"");
  }

  /** Time is moved by the database; what the registry does about it, it does by its clockwork. */
  @Test
  void turns_its_keys_without_ending_a_token() throws InterruptedException {
    RegistryClient before = client.newUser();
    boolean sqlite = System.getProperty("registry.database").equals("sqlite");
    long oldest = server.count("select max(generation) from signing_keys");
    server.execute(
        sqlite
            ? "update signing_keys set created_at = created_at - 8640000000"
            : "update signing_keys set created_at = created_at - interval '100 days'");
    for (int i = 0; i < 200 && keys() < 2; i++) {
      Thread.sleep(200);
    }
    assertThat(keys()).isGreaterThanOrEqualTo(2);
    assertThat(server.count("select max(generation) from signing_keys")).isEqualTo(oldest + 1);
    String made = server.text("select kid from signing_keys where generation = " + (oldest + 1));
    assertThat(events("key.rotated", "key:" + made)).isEqualTo(1);
    before.get("/users/me").is(200);
    assertThat(kid(client.newUser().token())).isNotEqualTo(made);
    server.execute(
        (sqlite
                ? "update signing_keys set created_at = created_at - 4000000"
                : "update signing_keys set created_at = created_at - interval '4000 seconds'")
            + " where kid = ?",
        made);
    String signedBy = "";
    for (int i = 0; i < 200 && !signedBy.equals(made); i++) {
      Thread.sleep(200);
      signedBy =
          kid(
              client
                  .loginAnswer(before.username(), RegistryClient.PASSWORD)
                  .is(200)
                  .string("token"));
    }
    assertThat(signedBy).isEqualTo(made);
    before.get("/users/me").is(200);
  }

  private static String kid(String jwt) {
    String header =
        new String(
            java.util.Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[0]),
            StandardCharsets.UTF_8);
    return header.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
  }

  private int keys() {
    return client
        .send(client.request("/.well-known/jwks.json").GET())
        .is(200)
        .json()
        .getJsonArray("keys")
        .size();
  }

  @Test
  void keeps_no_private_key_in_clear() {
    assertThat(server.count("select count(*) from signing_keys where jwk not like 'v1.%'"))
        .isZero();
  }
}
