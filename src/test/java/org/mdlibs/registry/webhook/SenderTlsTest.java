package org.mdlibs.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers that are reached by TLS. */
class SenderTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpsServer receiver;

  @AfterEach
  void stop() {
    receiver.stop(0);
    clock.shutdownNow();
  }

  /** A context with a key of its own for a name, which it also trusts. */
  private SSLContext context(String name) throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("receiver", keys.getCertificate(keys.aliases().nextElement()));
    var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, PASSWORD);
    var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trustManagers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  private void start(SSLContext context) throws Exception {
    receiver = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setHttpsConfigurator(new HttpsConfigurator(context));
    receiver.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          received.add(new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  private Sender.Reply post(SSLSocketFactory tls) {
    var sender = new Sender(new Destination(true), clock, Duration.ofSeconds(20), tls);
    URI uri = URI.create("https://localhost:" + receiver.getAddress().getPort() + "/hook");
    return sender.post(uri, Map.of(), "{\"ä\":1}");
  }

  @Test
  void posts_to_a_receiver_whose_certificate_is_trusted() throws Exception {
    SSLContext context = context("localhost");
    start(context);
    assertThat(post(context.getSocketFactory())).isEqualTo(new Sender.Reply(204, null));
    assertThat(received).containsExactly("{\"ä\":1}");
  }

  @Test
  void tells_nothing_to_a_receiver_whose_certificate_nobody_trusts() throws Exception {
    start(context("localhost"));
    assertThat(post((SSLSocketFactory) SSLSocketFactory.getDefault()))
        .isEqualTo(new Sender.Reply(null, "tls"));
    assertThat(received).isEmpty();
  }

  @Test
  void tells_nothing_to_a_receiver_with_a_certificate_of_another_name() throws Exception {
    SSLContext context = context("other.example");
    start(context);
    assertThat(post(context.getSocketFactory())).isEqualTo(new Sender.Reply(null, "tls"));
    assertThat(received).isEmpty();
  }
}
