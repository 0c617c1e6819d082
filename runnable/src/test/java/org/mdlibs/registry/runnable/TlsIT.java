package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that speaks TLS itself, with a key store that it was given. */
final class TlsIT {
  @TempDir private static Path home;
  private static KilledServer server;

  @BeforeAll
  static void start() throws Exception {
    Path store = KeyStores.add(home.resolve("store.p12"), "mine");
    Map<String, String> settings =
        Map.of(
            "MDLIBS_TLS_KEY_STORE",
            store.toString(),
            "MDLIBS_TLS_KEY_STORE_PASSWORD",
            KeyStores.PASSWORD);
    server = new KilledServer(home, settings);
    server.start();
  }

  @AfterAll
  static void it_stops_as_without_tls() throws InterruptedException {
    try {
      server.signal();
      assertThat(server.exitCode()).isZero();
    } finally {
      server.kill();
    }
  }

  private static HttpURLConnection open(String path) throws IOException {
    return Address.open(URI.create("https://localhost:" + server.port() + path), 10_000);
  }

  @Test
  void serves_https_with_that_certificate_and_binds_browsers_to_it() throws IOException {
    HttpURLConnection answer = open("/api/v1/libraries");
    assertThat(answer.getResponseCode()).isEqualTo(200);
    assertThat(answer.getHeaderField("Strict-Transport-Security")).startsWith("max-age=");
  }

  @Test
  void leads_nobody_to_http() throws IOException {
    HttpURLConnection feed = open("/api/v1/feed");
    try (InputStream body = feed.getInputStream()) {
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text)
          .contains("https://localhost:" + server.port())
          .doesNotContain("http://local");
    }
  }

  @Test
  void is_not_trusted_by_whoever_does_not_know_the_certificate() {
    URI url = URI.create("https://localhost:" + server.port() + "/health");
    assertThatThrownBy(() -> ((HttpURLConnection) url.toURL().openConnection()).getResponseCode())
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void answers_nothing_in_clear_text() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] said = socket.getInputStream().readAllBytes();
      assertThat(new String(said, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/1.1 200");
    }
  }

  @Test
  void is_asked_for_its_health_by_the_jar() throws Exception {
    assertThat(server.run("--health", "--port", Integer.toString(server.port()))).isEmpty();
    String url = "https://localhost:" + server.port() + "/health/live";
    assertThat(server.run("--health", url)).isEmpty();
  }
}
