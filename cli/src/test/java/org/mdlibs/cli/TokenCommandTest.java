package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

final class TokenCommandTest {
  private static final String TOKENS = "/api/v1/auth/tokens";
  private static final String ONE = "00000000-0000-4000-8000-000000000001";
  private static final String TWO = "00000000-0000-4000-8000-000000000002";
  private static final String GONE = "00000000-0000-4000-8000-000000000003";

  private final LoopbackServer server = new LoopbackServer();
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void logged_in() throws IOException {
    run =
        new Run(temporary)
            .with("MDLIBS_REGISTRY_URL", server.url())
            .with("MDLIBS_TOKEN", "mdl_mine");
    server.on(
        "POST " + TOKENS,
        Given.json(
            201,
            "{\"id\":\"%s\",\"name\":\"ci\",\"scopes\":[\"read\",\"publish\"],\"token\":\"mdl_new\","
                    .formatted(ONE)
                + "\"created_at\":\"2026-11-25T00:00:00Z\",\"expires_at\":\"2026-12-25T00:00:00Z\"}"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String token(String id, String name, String expiresAt) {
    return "{\"id\":\"%s\",\"name\":\"%s\",\"scopes\":[\"read\"],\"expires_at\":\"%s\"}"
        .formatted(id, name, expiresAt);
  }

  private void has(String... tokens) {
    server.on("GET " + TOKENS, Given.json(200, "{\"tokens\":[" + String.join(",", tokens) + "]}"));
  }

  @Test
  void create_prints_the_secret_alone_on_the_output() {
    Outcome outcome =
        run.mdlibs(
            "token", "create", "ci", "--expires", "30", "--scope", "read", "--scope", "publish");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("mdl_new" + System.lineSeparator());
    assertThat(outcome.err())
        .contains("ci", "read, publish", "2026-12-25", "not shown again")
        .doesNotContain("mdl_new");
    assertThat(server.seen().get(0).authorization()).contains("Bearer mdl_mine");
    assertThat(JsonParser.parseString(server.seen().get(0).text()))
        .isEqualTo(
            JsonParser.parseString(
                "{\"name\":\"ci\",\"expires_in_days\":30,\"scopes\":[\"read\",\"publish\"]}"));
  }

  @Test
  void create_leaves_to_the_registry_what_is_not_given() {
    assertThat(run.mdlibs("token", "create", "ci").exitCode()).isZero();
    assertThat(server.seen().get(0).text()).isEqualTo("{\"name\":\"ci\"}");
  }

  @Test
  void create_prints_the_whole_answer_as_json() {
    Outcome outcome = run.mdlibs("token", "create", "ci", "--scope", "read,publish", "--json");
    assertThat(outcome.err()).isEmpty();
    assertThat(JsonParser.parseString(outcome.out()).getAsJsonObject().get("token").getAsString())
        .isEqualTo("mdl_new");
    assertThat(server.seen().get(0).text()).contains("[\"read\",\"publish\"]");
  }

  @Test
  void the_registrys_refusals_end_in_their_exit_codes() {
    server.on("POST " + TOKENS, Given.json(403, "{\"title\":\"No\",\"code\":\"FORBIDDEN\"}"));
    assertThat(run.mdlibs("token", "create", "x").exitCode()).isEqualTo(ExitCode.DENIED);
    server.on("POST " + TOKENS, Given.json(401, "{\"code\":\"INVALID_TOKEN\"}"));
    assertThat(run.mdlibs("token", "create", "x").exitCode()).isEqualTo(ExitCode.DENIED);
    server.on("POST " + TOKENS, Given.json(409, "{\"code\":\"TOO_MANY_TOKENS\"}"));
    Outcome many = run.mdlibs("token", "create", "x");
    assertThat(many.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(many.err()).contains("hint: Revoke one");
    Outcome absent = run.mdlibs("token", "revoke", GONE);
    assertThat(absent.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(run.with("MDLIBS_TOKEN", "").mdlibs("token", "list").exitCode())
        .isEqualTo(ExitCode.DENIED);
  }

  @Test
  void a_group_without_a_command_is_wrong_usage() {
    assertThat(run.mdlibs("token").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.mdlibs("token", "create").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.mdlibs("token", "create", "x", "--expires", "soon").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void list_shows_each_and_cleans_what_the_registry_says() {
    has(
        token(ONE, "ci", "2999-01-01T00:00:00Z"),
        token(TWO, "red\\u001b[31m\\r\\nx", "2999-01-01T00:00:00Z"));
    Outcome outcome = run.mdlibs("token", "list");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains(ONE, "ci", "2999-01-01", "never").doesNotContain("\u001b");
    assertThat(outcome.out().lines()).hasSize(3);
    String json = run.mdlibs("token", "list", "--json").out();
    assertThat(JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("tokens")).hasSize(2);
    has();
    assertThat(run.mdlibs("token", "list").out()).contains("no API tokens");
  }

  @Test
  void revoke_takes_an_id_as_it_is() {
    server.on("DELETE " + TOKENS + "/" + ONE, Given.json(204, ""));
    Outcome outcome = run.mdlibs("token", "revoke", ONE);
    assertThat(outcome.out()).contains("Revoked the token " + ONE);
    assertThat(server.lines()).containsExactly("DELETE " + TOKENS + "/" + ONE);
  }

  @Test
  void revoke_finds_the_one_live_token_of_a_name() {
    has(
        token(GONE, "ci", "2001-01-01T00:00:00Z"),
        token(TWO, "other", "2999-01-01T00:00:00Z"),
        token(ONE, "ci", "2999-01-01T00:00:00Z"));
    server.on("DELETE " + TOKENS + "/" + ONE, Given.json(204, ""));
    Outcome outcome = run.mdlibs("token", "revoke", "ci", "--json");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains(ONE);
    assertThat(server.lines()).endsWith("DELETE " + TOKENS + "/" + ONE);
  }

  @Test
  void revoke_does_not_choose_between_tokens_of_one_name() {
    has(token(ONE, "ci", "2999-01-01T00:00:00Z"), token(TWO, "ci", "2999-01-01T00:00:00Z"));
    Outcome outcome = run.mdlibs("token", "revoke", "ci");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains(ONE, TWO);
    assertThat(server.lines()).containsExactly("GET " + TOKENS);
    assertThat(run.mdlibs("token", "revoke", "none").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void the_token_that_is_kept_here_is_marked_and_forgotten_when_it_is_revoked() throws IOException {
    server.on(
        "POST /api/v1/auth/login",
        Given.json(200, "{\"token\":\"jwt\",\"user\":{\"username\":\"ann\"}}"));
    server.on("POST /api/v1/auth/logout", Given.json(204, ""));
    run.with("MDLIBS_TOKEN", "").input("pw\n");
    run.mdlibs("login", "--username", "ann", "--password-stdin");
    has(token(TWO, "other", "2999-01-01T00:00:00Z"), token(ONE, "ci", "2999-01-01T00:00:00Z"));
    assertThat(run.mdlibs("token", "list").out()).containsPattern("\\* +" + ONE);
    server.on("DELETE " + TOKENS + "/" + ONE, Given.json(204, ""));
    assertThat(run.mdlibs("token", "revoke", "ci").out()).contains("you are logged out");
    assertThat(Files.readString(run.home.resolve(".config/mdlibs/credentials.toml")))
        .doesNotContain("mdl_new");
  }
}
