package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Registry.Source;

final class HttpTest {
  private final LoopbackServer server = new LoopbackServer();
  private final LoopbackServer other = new LoopbackServer();
  private final List<Duration> waits = new ArrayList<>();
  @TempDir private Path temporary;

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  private Http http(String url) {
    return new Http(
        Registry.of("test", url, Source.FLAG),
        "secret",
        Duration.ofSeconds(5),
        false,
        waits::add,
        null,
        (from, to) -> {});
  }

  private Http.Answer send(String method, String path) {
    return http(server.url()).send(method, path, Map.of(), null);
  }

  @Test
  void sends_the_token_to_its_registry() {
    server.on("GET /a", Given.json(200, "{}"));
    try (Http.Answer answer = send("GET", "/a")) {
      assertThat(answer.status()).isEqualTo(200);
    }
    assertThat(server.seen().get(0).authorization()).contains("Bearer secret");
  }

  @Test
  void never_takes_the_token_across_a_redirect_to_another_host() {
    server.on("GET /a", Given.redirect(other.url() + "/b"));
    other.on("GET /b", Given.json(200, "{}"));
    try (Http.Answer answer = http(server.url()).download("/a", Map.of())) {
      assertThat(answer.status()).isEqualTo(200);
    }
    assertThat(other.seen()).hasSize(1);
    assertThat(other.seen().get(0).authorization()).isEmpty();
  }

  @Test
  void follows_nothing_but_a_download_to_another_host() {
    server.on("GET /a", Given.redirect(other.url() + "/b"));
    assertThatThrownBy(() -> send("GET", "/a"))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NETWORK))
        .hasMessageContaining("to another address, " + other.url());
    assertThat(other.seen()).isEmpty();
  }

  @Test
  void repeats_a_put_elsewhere_only_when_the_method_stays() {
    server.on("PUT /a", Given.redirect("/b"));
    try (Http.Answer answer = send("PUT", "/a")) {
      assertThat(answer.status()).isEqualTo(302);
    }
    server.on("PUT /a", new Given(308, Map.of("Location", "/b"), new byte[0]));
    server.on("PUT /b", Given.json(204, ""));
    try (Http.Answer answer = send("PUT", "/a")) {
      assertThat(answer.status()).isEqualTo(204);
    }
    assertThat(server.seen().get(2).authorization()).contains("Bearer secret");
  }

  @Test
  void keeps_the_token_on_a_redirect_within_its_host() {
    server.on("GET /a", Given.redirect("/b"));
    server.on("GET /b", Given.json(200, "{}"));
    send("GET", "/a").close();
    assertThat(server.seen().get(1).authorization()).contains("Bearer secret");
  }

  @Test
  void drops_the_token_for_another_name_of_the_same_machine() {
    String alias = server.url().replace("localhost", "127.0.0.1");
    server.on("GET /a", Given.redirect(alias + "/b"));
    server.on("GET /b", Given.json(200, "{}"));
    http(server.url()).download("/a", Map.of()).close();
    assertThat(server.seen().get(1).authorization()).isEqualTo(Optional.empty());
  }

  @Test
  void does_not_repeat_a_post_at_another_address() {
    server.on("POST /a", Given.redirect(other.url() + "/b"));
    try (Http.Answer answer =
        http(server.url()).send("POST", "/a", Map.of(), new JsonBody(new JsonObject()))) {
      assertThat(answer.status()).isEqualTo(302);
    }
    assertThat(other.seen()).isEmpty();
  }

  @Test
  void gives_up_on_redirects_that_never_end() {
    server.on("GET /a", Given.redirect("/a"));
    assertThatThrownBy(() -> send("GET", "/a"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("more than 5 times");
    assertThat(server.seen()).hasSize(6);
  }

  @Test
  void does_not_follow_a_redirect_to_another_protocol() {
    server.on("GET /a", Given.redirect("file:///etc/passwd"));
    assertThatThrownBy(() -> send("GET", "/a"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("from http to file");
  }

  @Test
  void waits_as_long_as_a_429_asks_and_tries_again() {
    server.on(
        "GET /a",
        times ->
            times < 2
                ? new Given(429, Map.of("Retry-After", "7"), new byte[0])
                : Given.json(200, "{}"));
    try (Http.Answer answer = send("GET", "/a")) {
      assertThat(answer.status()).isEqualTo(200);
    }
    assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
  }

  @Test
  void does_not_wait_longer_than_a_minute() {
    server.on("GET /a", new Given(429, Map.of("Retry-After", "3600"), new byte[0]));
    try (Http.Answer answer = send("GET", "/a")) {
      assertThat(answer.status()).isEqualTo(429);
    }
    assertThat(waits).isEmpty();
  }

  @Test
  void never_repeats_a_post() {
    server.on("POST /a", new Given(429, Map.of("Retry-After", "1"), new byte[0]));
    http(server.url()).send("POST", "/a", Map.of(), new JsonBody(new JsonObject())).close();
    assertThat(server.seen()).hasSize(1);
    assertThat(waits).isEmpty();
  }

  @Test
  void backs_off_when_nobody_listens_and_says_so_in_the_end() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Http http = http("http://localhost:" + port);
    assertThatThrownBy(() -> http.send("GET", "/a", Map.of(), null))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NETWORK));
    assertThat(waits)
        .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
  }

  @Test
  void reads_the_problem_of_a_401_to_a_small_body() {
    server.on("POST /a", Given.json(401, "{\"code\":\"TOKEN_EXPIRED\"}"));
    try (Http.Answer answer =
        http(server.url()).send("POST", "/a", Map.of(), new JsonBody(new JsonObject()))) {
      assertThat(Json.text(Json.parse(answer), "code")).isEqualTo("TOKEN_EXPIRED");
    }
  }

  @Test
  void a_401_to_a_streamed_upload_is_told_as_one() throws IOException {
    server.on("POST /a", Given.json(401, "{}"));
    Path file = Files.write(temporary.resolve("big"), new byte[200_000]);
    var progress = new Progress(new Run(temporary).session().terminal(), "x", 1);
    var form = new MultipartBody(Map.of("scope", "ann"), "n.tar.gz", file, progress);
    try (Http.Answer answer = http(server.url()).send("POST", "/a", Map.of(), form)) {
      assertThat(answer.status()).isEqualTo(401);
    }
    assertThat(server.seen().get(0).body()).hasSize((int) form.length());
  }
}
