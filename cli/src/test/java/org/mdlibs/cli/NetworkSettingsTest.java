package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

/** Proxies, own authorities and unchecked certificates, as whole commands meet them. */
final class NetworkSettingsTest {
  private static final byte[] ME =
      "{\"username\":\"ann\",\"email\":\"ann@example.com\"}".getBytes(StandardCharsets.UTF_8);

  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final LoopbackServer plain = new LoopbackServer();
  private HttpsServer secure;
  private TestCertificate certificate;
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void start() throws Exception {
    run = new Run(temporary).with("MDLIBS_TOKEN", "mdl_mine");
    certificate = TestCertificate.of("registry.example", temporary);
    secure = start(certificate);
  }

  private HttpsServer start(TestCertificate of) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setHttpsConfigurator(new HttpsConfigurator(of.context()));
    server.createContext(
        "/",
        exchange -> {
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, ME.length);
          exchange.getResponseBody().write(ME);
          exchange.close();
        });
    server.start();
    return server;
  }

  @AfterEach
  void stop() {
    secure.stop(0);
    plain.close();
  }

  private int port() {
    return secure.getAddress().getPort();
  }

  @Test
  void http_goes_by_a_proxy_with_its_password_at_once() throws IOException {
    plain.on(
        "GET http://registry.example/api/v1/users/me",
        Given.json(200, new String(ME, StandardCharsets.UTF_8)));
    int port = Integer.parseInt(plain.url().replaceFirst(".*:", ""));
    try (var proxy = new TinyProxy(port, "Basic YW5uOnNAY3JldA==")) {
      run.with("MDLIBS_REGISTRY_URL", "http://registry.example")
          .with("http_proxy", "ann:s%40cret@" + proxy.address());
      assertThat(run.mdlibs("whoami").exitCode()).isZero();
      assertThat(proxy.heads()).hasSize(1);
      assertThat(plain.seen().get(0).authorization()).contains("Bearer mdl_mine");
    }
  }

  @Test
  void a_proxy_that_is_not_there_is_named() {
    run.with("MDLIBS_REGISTRY_URL", "https://registry.example")
        .with("HTTPS_PROXY", "http://ann:secret@localhost:1");
    Outcome outcome = run.mdlibs("whoami");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(outcome.err())
        .contains("https://registry.example by the proxy localhost:1 (HTTPS_PROXY)", "NO_PROXY")
        .doesNotContain("secret");
  }

  @Test
  void an_authority_of_ones_own_is_named_by_variable_or_setting_and_never_by_a_project()
      throws IOException {
    TestCertificate local = TestCertificate.of("localhost", temporary);
    secure.stop(0);
    secure = start(local);
    String url = "https://localhost:" + port();
    run.with("MDLIBS_REGISTRY_URL", url);
    Outcome unknown = run.mdlibs("whoami");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(unknown.err()).contains("not trusted", "MDLIBS_CA_FILE");

    run.write(".mdlibs.toml", "ca_file = '" + local.pem() + "'\n");
    assertThat(run.mdlibs("whoami").exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(authorizations).isEmpty();

    assertThat(run.with("SSL_CERT_FILE", local.pem().toString()).mdlibs("whoami").exitCode())
        .isZero();
    // The stronger one alone is read: it trusts another.
    run.with("MDLIBS_CA_FILE", certificate.pem().toString());
    assertThat(run.mdlibs("whoami").exitCode()).isEqualTo(ExitCode.NETWORK);
    run.with("MDLIBS_CA_FILE", "").with("SSL_CERT_FILE", "");
    Path config = Files.createDirectories(run.home.resolve(".config/mdlibs"));
    Files.writeString(config.resolve("config.toml"), "ca_file = '" + local.pem() + "'\n");
    assertThat(run.mdlibs("whoami").exitCode()).isZero();
  }

  @Test
  void an_own_authority_does_not_vouch_for_another_host() {
    run.with("MDLIBS_REGISTRY_URL", "https://localhost:" + port())
        .with("MDLIBS_CA_FILE", certificate.pem().toString());
    assertThat(run.mdlibs("whoami").exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(authorizations).isEmpty();
  }

  @Test
  void a_file_without_certificates_is_told() throws IOException {
    run.with("MDLIBS_REGISTRY_URL", "https://localhost:" + port());
    Path file = Files.writeString(temporary.resolve("none.pem"), "");
    for (String name : List.of(file.toString(), "/nonexistent.pem", temporary.toString())) {
      Outcome outcome = run.with("MDLIBS_CA_FILE", name).mdlibs("whoami");
      assertThat(outcome.exitCode()).as(name).isEqualTo(ExitCode.USAGE);
      assertThat(outcome.err()).contains(name, "MDLIBS_CA_FILE");
    }
  }

  @Test
  void unchecked_certificates_are_warned_of_each_time_also_in_quiet() {
    run.with("MDLIBS_REGISTRY_URL", "https://localhost:" + port()).with("MDLIBS_INSECURE", "true");
    for (int i = 0; i < 2; i++) {
      Outcome outcome = run.mdlibs("whoami", "--quiet");
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.err())
          .startsWith("warning: the certificate of https://localhost:")
          .contains("MDLIBS_INSECURE");
    }
  }
}
