package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
