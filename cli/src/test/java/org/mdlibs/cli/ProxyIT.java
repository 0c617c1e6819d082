package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.Run.Outcome;

/**
 * A tunnel through a proxy, as a process: what the JDK does there it decides once, at its start.
 */
final class ProxyIT {
  @TempDir private Path temporary;

  @Test
  void https_goes_by_a_tunnel_that_asks_for_a_password() throws IOException {
    var authorizations = new CopyOnWriteArrayList<String>();
    TestCertificate certificate = TestCertificate.of("registry.example", temporary);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    server.createContext(
        "/",
        exchange -> {
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] me = "{\"username\":\"ann\"}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, me.length);
          exchange.getResponseBody().write(me);
          exchange.close();
        });
    server.start();
    try (var proxy = new TinyProxy(server.getAddress().getPort(), "Basic YW5uOnNAY3JldA==")) {
      Shell shell =
          new Shell(temporary)
              .with("MDLIBS_REGISTRY_URL", "https://registry.example")
              .with("MDLIBS_TOKEN", "mdl_mine")
              .with("MDLIBS_CA_FILE", certificate.pem().toString());
      Outcome good =
          shell.with("HTTPS_PROXY", "http://ann:s%40cret@" + proxy.address()).mdlibs("whoami");
      assertThat(good.err()).isEmpty();
      assertThat(good.out()).contains("ann");
      assertThat(authorizations).containsExactly("Bearer mdl_mine");
      assertThat(List.copyOf(proxy.heads()))
          .allSatisfy(
              head ->
                  assertThat(head)
                      .startsWith("CONNECT registry.example:443 ")
                      .doesNotContain("mdl_mine"));
      Outcome wrong =
          shell.with("HTTPS_PROXY", "http://ann:wrong1@" + proxy.address()).mdlibs("whoami");
      assertThat(wrong.exitCode()).isEqualTo(ExitCode.NETWORK);
      assertThat(proxy.heads()).hasSizeLessThan(6);
      assertThat(wrong.err()).contains("The proxy", "\nhint: ").doesNotContain("wrong1");
      assertThat(authorizations).hasSize(1);
    } finally {
      server.stop(0);
    }
  }
}
