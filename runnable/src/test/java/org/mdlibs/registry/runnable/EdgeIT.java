package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands at the edge: a registry that is called by HTTPS and tells no metrics. */
final class EdgeIT {
  @TempDir private static Path home;
  private static KilledServer server;

  @BeforeAll
  static void start() throws IOException {
    server =
        new KilledServer(
            home,
            Map.of("MDLIBS_URL", "https://md.example.org", "MDLIBS_METRICS_ENABLED", "false"));
    server.start();
  }

  @AfterAll
  static void no_process_is_left() {
    server.kill();
  }

  @Test
  void binds_browsers_to_https_where_that_is_its_url() throws Exception {
    Calls calls = new Calls(server);
    for (String path : new String[] {"/health", "/api/v1/libraries", "/no/such/path", "/device/"}) {
      assertThat(calls.get(path).headers().firstValue("Strict-Transport-Security"))
          .as(path)
          .hasValueSatisfying(value -> assertThat(value).startsWith("max-age="));
    }
  }

  @Test
  void tells_no_metrics_when_they_are_switched_off() throws Exception {
    for (String path : new String[] {"/metrics", "/metrics/base"}) {
      HttpResponse<String> answer = new Calls(server).get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).contains("\"code\":\"NOT_FOUND\"");
    }
  }

  @Test
  void refuses_headers_that_are_too_large_and_lives_on() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(statusLine("X-Large: " + "a".repeat(100_000))).startsWith("HTTP/1.1 4");
    }
    assertThat(statusLine("X-Large: " + "a".repeat(10_000))).startsWith("HTTP/1.1 200");
  }

  /** What a client of Java's own sends by default; its first line is of HTTP/1.1 all the same. */
  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/libraries",
    "HEAD, /api/v1/libraries",
    "GET, /api/v1/libraries/nobody/nothing",
    "GET, /health",
    "GET, /docs/",
    "POST, /api/v1/auth/login",
    "POST, /api/v1/libraries",
    "PATCH, /api/v1/libraries/nobody/nothing",
    "DELETE, /api/v1/libraries/nobody/nothing/1.0.0"
  })
  void answers_who_offers_another_protocol_as_everybody(String method, String path)
      throws Exception {
    // The server itself refuses a body of the other methods, where it reads it.
    String[] bodies =
        method.startsWith("P")
            ? new String[] {null, "", "{}", "{\"username\":\"ann\",\"password\":\"b\"}"}
            : new String[] {null, ""};
    for (String body : bodies) {
      HttpResponse<String> plain = send(HttpClient.Version.HTTP_1_1, method, path, body);
      HttpResponse<String> offering = send(HttpClient.Version.HTTP_2, method, path, body);
      assertThat(offering.statusCode()).as(body).isEqualTo(plain.statusCode()).isLessThan(500);
      assertThat(offering.headers().firstValue("Content-Type"))
          .isEqualTo(plain.headers().firstValue("Content-Type"));
      assertThat(withoutIds(offering.body())).isEqualTo(withoutIds(plain.body()));
    }
  }

  private static String withoutIds(String body) {
    return body.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
  }

  private static HttpResponse<String> send(
      HttpClient.Version version, String method, String path, String body) throws Exception {
    HttpRequest.BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return HttpClient.newBuilder()
        .version(version)
        .build()
        .send(
            new Calls(server)
                .request(path)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void refuses_broken_chunks_of_who_offers_another_protocol() throws Exception {
    for (String chunks :
        new String[] {"ffffffffffffffff\r\n{}", "1\r\n{}\r\n0\r\n\r\n", "0\r\n\r\n"}) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        String request =
            String.join(
                "\r\n",
                "POST /api/v1/auth/login HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: h2c",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked",
                "",
                "");
        socket.getOutputStream().write((request + chunks).getBytes(StandardCharsets.US_ASCII));
        byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 400".length());
        assertThat(new String(line, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
      }
    }
  }

  @Test
  void hangs_up_on_whoever_offers_another_protocol_also_when_it_refuses_him() throws Exception {
    for (String head :
        new String[] {
          "POST /api/v1/libraries HTTP/1.1\r\nAuthorization: Bearer wrong",
          "POST /api%2Fv1 HTTP/1.1",
          "POST /no/such/path HTTP/1.1"
        }) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        String request =
            head
                + "\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c"
                + "\r\nContent-Length: 2\r\n\r\n{}";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(answer).startsWith("HTTP/1.1 4").containsIgnoringCase("connection: close");
      }
    }
  }

  private static String statusLine(String header) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
      socket
          .getOutputStream()
          .write((request + header + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return new String(line, StandardCharsets.US_ASCII);
    }
  }
}
