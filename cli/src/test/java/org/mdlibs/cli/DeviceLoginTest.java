package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.AccountApi.Login;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Registry.Source;
import org.mdlibs.cli.Run.Outcome;

final class DeviceLoginTest {
  private static final String TOKEN = "POST /api/v1/auth/device/token";
  private static final String LET_IN =
      "{\"token\":\"jwt.secret\",\"token_type\":\"Bearer\",\"expires_at\":\"2027-01-01T00:00:00Z\","
          + "\"user\":{\"id\":\"1\",\"username\":\"ann\"}}";

  private final LoopbackServer server = new LoopbackServer();
  private final List<Duration> waits = new ArrayList<>();
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void folders() throws IOException {
    run = new Run(temporary).with("MDLIBS_REGISTRY_URL", server.url()).with("HOSTNAME", "laptop");
    starts(600, 5);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void starts(int life, int interval) {
    server.on(
        "POST /api/v1/auth/device",
        Given.json(
            200,
            "{\"device_code\":\"device.secret\",\"user_code\":\"BCDF-GHJK\","
                + "\"verification_uri\":\"https://r.example/device\","
                + "\"verification_uri_complete\":\"https://r.example/device?user_code=BCDF-GHJK\","
                + "\"expires_in\":%d,\"interval\":%d}".formatted(life, interval)));
  }

  private static Given refusal(String code) {
    return Given.json(400, "{\"title\":\"T\",\"code\":\"" + code + "\"}");
  }

  private Login login() {
    var http =
        new Http(
            Registry.of("test", server.url(), Source.FLAG),
            null,
            Duration.ofSeconds(5),
            false,
            waits::add,
            null,
            (from, to) -> {});
    return new DeviceLogin(new AccountApi(http), run.session().terminal(), waits::add)
        .login("mdlibs on laptop", List.of("read"));
  }

  private static List<Duration> seconds(int... seconds) {
    var list = new ArrayList<Duration>();
    for (int s : seconds) {
      list.add(Duration.ofSeconds(s));
    }
    return list;
  }

  @Test
  void asks_at_the_interval_until_a_person_has_confirmed() {
    server.on(
        TOKEN, times -> times < 2 ? refusal("AUTHORIZATION_PENDING") : Given.json(200, LET_IN));
    Login login = login();
    assertThat(login.username()).isEqualTo("ann");
    assertThat(login.token()).isEqualTo("jwt.secret");
    assertThat(login.toString()).doesNotContain("secret");
    assertThat(waits).isEqualTo(seconds(5, 5, 5));
    assertThat(server.seen().get(0).text())
        .isEqualTo("{\"client_name\":\"mdlibs on laptop\",\"scopes\":[\"read\"]}");
    assertThat(server.seen().get(1).text()).isEqualTo("{\"device_code\":\"device.secret\"}");
    assertThat(server.seen()).allSatisfy(seen -> assertThat(seen.authorization()).isEmpty());
  }

  @Test
  void slows_down_by_five_seconds_each_time_it_is_told_to() {
    server.on(
        TOKEN,
        times ->
            switch (times) {
              case 0 -> refusal("SLOW_DOWN");
              case 1 -> refusal("AUTHORIZATION_PENDING");
              case 2 -> Given.json(429, "{\"code\":\"TOO_MANY_REQUESTS\"}");
              default -> Given.json(200, LET_IN);
            });
    login();
    assertThat(waits).isEqualTo(seconds(5, 10, 10, 15));
  }

  @Test
  void goes_on_when_the_registry_is_away_for_a_while() {
    server.on(TOKEN, times -> times == 0 ? Given.json(503, "{}") : Given.json(200, LET_IN));
    login();
    assertThat(waits).isEqualTo(seconds(5, 10));
  }

  @Test
  void a_denial_and_an_expiry_end_it() {
    server.on(TOKEN, refusal("ACCESS_DENIED"));
    assertThatThrownBy(this::login)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DENIED))
        .hasMessageContaining("denied");
    server.on(TOKEN, refusal("EXPIRED_TOKEN"));
    assertThatThrownBy(this::login)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DENIED))
        .hasMessageContaining("in time");
    server.on(TOKEN, refusal("INVALID_GRANT"));
    assertThatThrownBy(this::login)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
        .hasMessageContaining("INVALID_GRANT");
  }

  @Test
  void gives_up_by_itself_when_the_code_is_no_longer_good() {
    starts(12, 5);
    server.on(TOKEN, refusal("AUTHORIZATION_PENDING"));
    assertThatThrownBy(this::login).isInstanceOf(Failure.class).hasMessageContaining("in time");
    assertThat(waits).isEqualTo(seconds(5, 5));
  }

  @Test
  void shows_code_and_page_on_the_error_stream_and_keeps_an_api_token() throws IOException {
    starts(600, 1);
    server.on(TOKEN, Given.json(200, LET_IN));
    server.on(
        "POST /api/v1/auth/tokens",
        Given.json(201, "{\"token\":\"mdl_secret\",\"id\":\"7\",\"scopes\":[\"read\"]}"));
    server.on("POST /api/v1/auth/logout", Given.json(204, ""));
    Outcome outcome = run.mdlibs("login", "--sso");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("as ann").doesNotContain("BCDF");
    assertThat(outcome.err())
        .contains("BCDF-GHJK", "https://r.example/device")
        .doesNotContain("secret");
    assertThat(server.seen().get(0).text()).contains("mdlibs on laptop", "publish", "manage");
    assertThat(server.lines()).endsWith("POST /api/v1/auth/tokens", "POST /api/v1/auth/logout");
    assertThat(Files.readString(run.home.resolve(".config/mdlibs/credentials.toml")))
        .contains("mdl_secret")
        .doesNotContain("jwt.secret");
  }

  @Test
  void cleans_what_the_registry_wants_shown() {
    server.on(
        "POST /api/v1/auth/device",
        Given.json(
            200,
            "{\"device_code\":\"d\",\"user_code\":\"A\\u001b[8mB\",\"interval\":1,"
                + "\"verification_uri\":\"https://x\\u001b]0;t\\u0007\"}"));
    server.on(TOKEN, refusal("ACCESS_DENIED"));
    Outcome outcome = run.mdlibs("login", "--sso");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(outcome.err()).doesNotContain("\u001b", "\u0007");
  }

  @Test
  void a_registry_without_the_device_flow_is_told() {
    server.on("POST /api/v1/auth/device", Given.json(404, "{\"code\":\"NOT_FOUND\"}"));
    Outcome outcome = run.mdlibs("login", "--sso");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("hint: Log in with a password");
  }

  @Test
  void takes_one_way_to_log_in() {
    assertThat(run.mdlibs("login", "--sso", "--token", "mdl_x").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(run.mdlibs("login", "--sso", "--username", "ann").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(server.seen()).isEmpty();
  }
}
