package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.Registry.Source;

/** Against a server whose certificate nobody trusts, and which names another host. */
final class HttpsTest {
  private static final String PASSWORD = "changeit";

  private final LoopbackServer plain = new LoopbackServer();
  private final List<String> authorizations = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private HttpsServer server;
  @TempDir private Path temporary;

  @BeforeEach
  void start() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setHttpsConfigurator(new HttpsConfigurator(context(selfSigned())));
    server.createContext(
        "/",
        exchange -> {
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          if (exchange.getRequestURI().getPath().equals("/down")) {
            exchange.getResponseHeaders().set("Location", plain.url() + "/a");
            exchange.sendResponseHeaders(302, -1);
          } else {
            exchange.sendResponseHeaders(204, -1);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    plain.close();
  }

  private Path selfSigned() throws IOException, InterruptedException {
    Path store = temporary.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=elsewhere.example",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    return store;
  }

  private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private Http http(boolean insecure) {
    return new Http(
        Registry.of("test", "https://localhost:" + server.getAddress().getPort(), Source.FLAG),
        "secret",
        Duration.ofSeconds(10),
        insecure,
        waits::add,
        null,
        (from, to) -> {});
  }

  @Test
  void refuses_a_certificate_that_nobody_trusts_at_once_and_sends_nothing() {
    assertThatThrownBy(() -> http(false).send("GET", "/a", Map.of(), null))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NETWORK))
        .hasMessageContaining("not trusted");
    assertThat(authorizations).isEmpty();
    assertThat(waits).isEmpty();
  }

  @Test
  void takes_any_certificate_when_told_to() {
    try (Http.Answer answer = http(true).send("GET", "/a", Map.of(), null)) {
      assertThat(answer.status()).isEqualTo(204);
    }
    assertThat(authorizations).containsExactly("Bearer secret");
  }

  @Test
  void never_follows_a_redirect_from_https_to_http() {
    assertThatThrownBy(() -> http(true).send("GET", "/down", Map.of(), null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("from https to http");
    assertThat(plain.seen()).isEmpty();
  }

  @Test
  void a_token_with_a_line_end_is_refused_without_telling_it() {
    assertThatThrownBy(
            () ->
                new Http(
                    Registry.of("test", "https://localhost", Source.FLAG),
                    "sec\r\nret",
                    Duration.ofSeconds(1),
                    false,
                    waits::add,
                    null,
                    (from, to) -> {}))
        .isInstanceOf(Failure.class)
        .message()
        .doesNotContain("sec");
  }
}
