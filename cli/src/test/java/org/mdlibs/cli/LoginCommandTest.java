package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

final class LoginCommandTest {
  private static final String LOGIN =
      "{\"token\":\"jwt.secret\",\"token_type\":\"Bearer\",\"expires_at\":\"2027-01-01T00:00:00Z\","
          + "\"user\":{\"id\":\"1\",\"username\":\"ann\"}}";

  private final LoopbackServer server = new LoopbackServer();
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void folders() throws IOException {
    run = new Run(temporary).with("MDLIBS_REGISTRY_URL", server.url()).with("HOSTNAME", "laptop");
    run.input("correct horse\n");
    server.on("POST /api/v1/auth/login", Given.json(200, LOGIN));
    server.on(
        "GET /api/v1/users/me", Given.json(200, "{\"username\":\"ann\",\"roles\":[\"user\"]}"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Outcome login() {
    return run.mdlibs("login", "--username", "ann", "--password-stdin");
  }

  private String credentials() throws IOException {
    return Files.readString(run.home.resolve(".config/mdlibs/credentials.toml"));
  }

  @Test
  void keeps_an_api_token_named_after_the_host_and_ends_the_login_token() throws IOException {
    server.on(
        "POST /api/v1/auth/tokens",
        Given.json(
            201,
            "{\"token\":\"mdl_secret\",\"id\":\"7\",\"scopes\":[\"read\",\"publish\",\"manage\"],"
                + "\"expires_at\":\"2027-02-22T00:00:00Z\"}"));
    Outcome outcome = login();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).doesNotContain("secret").contains("as ann");
    assertThat(credentials()).contains("mdl_secret").doesNotContain("jwt.secret");
    assertThat(server.seen().get(0).text()).contains("\"password\":\"correct horse\"");
    assertThat(server.seen().get(1).text())
        .contains("\"name\":\"mdlibs on laptop\"", "\"expires_in_days\":90", "\"manage\"");
    assertThat(server.lines()).endsWith("POST /api/v1/auth/logout");
    assertThat(server.seen().get(2).authorization()).contains("Bearer jwt.secret");

    Outcome whoami = run.mdlibs("whoami");
    assertThat(whoami.out()).contains("ann", "read, publish, manage", "2027-02-22");
    assertThat(server.seen().get(3).authorization()).contains("Bearer mdl_secret");
  }

  @Test
  void keeps_the_login_token_where_the_registry_has_no_api_tokens() throws IOException {
    assertThat(login().exitCode()).isZero();
    assertThat(credentials()).contains("jwt.secret", "kind = \"login\"");
    assertThat(server.lines()).doesNotContain("POST /api/v1/auth/logout");
  }

  @Test
  void a_wrong_password_is_told_and_nothing_is_stored() {
    server.on("POST /api/v1/auth/login", Given.json(401, "{}"));
    Outcome outcome = login();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(outcome.err()).contains("password is wrong").doesNotContain("correct horse");
    assertThat(run.home.resolve(".config")).doesNotExist();
  }

  @Test
  void a_given_token_is_tried_before_it_is_kept() throws IOException {
    assertThat(run.mdlibs("login", "--token", "mdl_given").exitCode()).isZero();
    assertThat(credentials()).contains("mdl_given", "username = \"ann\"");
    server.on("GET /api/v1/users/me", Given.json(401, "{\"code\":\"INVALID_TOKEN\"}"));
    assertThat(run.mdlibs("login", "--token", "mdl_bad").exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(credentials()).doesNotContain("mdl_bad");
  }

  @Test
  void warns_of_plain_http_to_another_machine_before_the_password_goes_out() throws IOException {
    Outcome outcome =
        new Run(temporary)
            .input("pw\n")
            .mdlibs(
                "login",
                "--registry",
                "http://registry.invalid",
                "--username",
                "ann",
                "--password-stdin");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(outcome.err()).startsWith("warning: http://registry.invalid is not encrypted");
  }

  @Test
  void logout_revokes_and_forgets() throws IOException {
    server.on(
        "POST /api/v1/auth/tokens", Given.json(201, "{\"token\":\"mdl_secret\",\"id\":\"7\"}"));
    server.on("POST /api/v1/auth/logout", Given.json(204, ""));
    login();
    assertThat(run.mdlibs("logout").exitCode()).isZero();
    assertThat(server.lines()).endsWith("POST /api/v1/auth/logout");
    assertThat(server.seen().get(3).authorization()).contains("Bearer mdl_secret");
    assertThat(credentials()).doesNotContain("mdl_secret");
    assertThat(run.mdlibs("whoami").exitCode()).isEqualTo(ExitCode.DENIED);
  }

  @Test
  void a_token_that_is_dead_already_counts_as_revoked_and_a_refusal_does_not() throws IOException {
    server.on("POST /api/v1/auth/logout", Given.json(401, "{\"code\":\"TOKEN_EXPIRED\"}"));
    login();
    assertThat(run.mdlibs("logout", "--json").out()).contains("\"revoked\": true");
    server.on("POST /api/v1/auth/logout", Given.json(403, "{\"code\":\"FORBIDDEN\"}"));
    login();
    Outcome refused = run.mdlibs("logout");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(refused.err()).contains("not revoked");
    assertThat(credentials()).doesNotContain("jwt.secret");
  }

  @Test
  void whoami_shows_the_teams_and_cleans_them() {
    login();
    server.on(
        "GET /api/v1/users/me",
        Given.json(
            200,
            "{\"username\":\"ann\",\"roles\":[\"user\"],\"teams\":["
                + "{\"id\":\"1\",\"name\":\"platform\",\"role\":\"admin\"},"
                + "{\"id\":\"2\",\"name\":\"red\\u001b[31m\",\"role\":\"member\"}]}"));
    assertThat(run.mdlibs("whoami").out())
        .contains("platform (admin), red")
        .doesNotContain("\u001b");
    assertThat(run.with("MDLIBS_TOKEN", "mdl_other").mdlibs("whoami").out())
        .contains("platform (admin)")
        .doesNotContain("expires");
  }

  @Test
  void logout_forgets_also_when_the_registry_cannot_be_told() throws IOException {
    login();
    server.close();
    Outcome outcome = run.mdlibs("logout");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(outcome.err()).contains("forgotten here, but not revoked");
    assertThat(credentials()).doesNotContain("jwt.secret");
  }

  @Test
  void register_makes_an_account_and_tells_every_fault_at_once() {
    server.on(
        "POST /api/v1/auth/register",
        Given.json(201, "{\"id\":\"1\",\"username\":\"ann\",\"email\":\"ann@example.com\"}"));
    String[] register = {
      "register", "--username", "ann", "--email", "ann@example.com", "--password-stdin"
    };
    assertThat(run.mdlibs(register).out()).contains("Made the account ann");
    server.on(
        "POST /api/v1/auth/register",
        Given.json(
            400,
            "{\"title\":\"The request is invalid\",\"code\":\"INVALID_INPUT\",\"errors\":["
                + "{\"field\":\"username\",\"message\":\"must be short\"},"
                + "{\"field\":\"email\",\"message\":\"must be one\"}]}"));
    Outcome outcome = run.mdlibs(register);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .contains("(INVALID_INPUT): username must be short; email must be one");
  }

  @Test
  void a_missing_answer_ends_in_wrong_usage() {
    assertThat(run.input("").mdlibs("login").exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
