package org.mdlibs.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against receivers that listen on this host. */
class SenderTest {
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
  private final Sender sender = sender(true);
  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer receiver;

  private Sender sender(boolean allowPrivate) {
    return new Sender(
        new Destination(allowPrivate),
        clock,
        Duration.ofSeconds(2),
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String path = exchange.getRequestURI().toString();
          received.add(path + " " + exchange.getRequestHeaders().getFirst("X-One") + " " + body);
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(Integer.parseInt(path.substring(1, 4)), -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    clock.shutdownNow();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + receiver.getAddress().getPort() + path);
  }

  private Sender.Reply post(URI uri) {
    return sender.post(uri, Map.of("X-One", "1"), "{\"ä\":1}");
  }

  @Test
  void posts_the_body_and_tells_the_status() {
    assertThat(post(uri("/204?a=b"))).isEqualTo(new Sender.Reply(204, null));
    assertThat(received).containsExactly("/204?a=b 1 {\"ä\":1}");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 500, 503})
  void takes_every_status_but_2xx_for_a_failure(int status) {
    assertThat(post(uri("/" + status))).isEqualTo(new Sender.Reply(status, "status"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void follows_no_redirect(int status) {
    assertThat(post(uri("/" + status))).isEqualTo(new Sender.Reply(status, "status"));
    assertThat(received).hasSize(1);
  }

  @Test
  void connects_to_no_private_address_however_it_is_called() {
    for (String host : List.of("localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]")) {
      URI uri = URI.create("http://" + host + ":" + receiver.getAddress().getPort() + "/204");
      assertThat(sender(false).post(uri, Map.of(), "{}"))
          .as(host)
          .isEqualTo(new Sender.Reply(null, "address_refused"));
    }
    assertThat(received).isEmpty();
  }

  @Test
  void tells_why_nobody_answered() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThat(post(URI.create("http://localhost:" + port)))
        .isEqualTo(new Sender.Reply(null, "connection"));
    assertThat(post(URI.create("http://nobody.invalid")))
        .isEqualTo(new Sender.Reply(null, "unknown_host"));
    // A server that speaks no TLS waits for more.
    assertThat(post(URI.create("https://localhost:" + receiver.getAddress().getPort())).failure())
        .isIn("tls", "connection", "timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "drip", "endless"})
  void waits_no_longer_than_its_time_for_a_receiver(String behaviour) throws Exception {
    try (var slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var thread = new Thread(() -> answerSlowly(slow, behaviour));
      thread.start();
      long begin = System.nanoTime();
      Sender.Reply reply = post(URI.create("http://localhost:" + slow.getLocalPort()));
      assertThat(reply.isTaken()).isFalse();
      assertThat(reply.failure()).isIn("timeout", "connection");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
      thread.interrupt();
    }
  }

  private static void answerSlowly(ServerSocket slow, String behaviour) {
    try (Socket socket = slow.accept()) {
      for (int i = 0; i < 1000; i++) {
        if (behaviour.equals("drip")) {
          socket.getOutputStream().write('H');
        }
        if (behaviour.equals("endless")) {
          socket.getOutputStream().write("x".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
        }
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      // The sender gave up.
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org/",
        "file:///etc/passwd",
        "example.org",
        "http://",
        "http:///path",
        "http://user@example.org/",
        "http://example.org/#fragment",
        "http://example.org:0/",
        "http://example.org:70000/",
        "http://exa mple.org/",
        "http://exämple.org/",
        "http://example.org/\r\nX-Evil: 1",
        "https://example.org./",
        "http://127.0.0.1/",
        "http://10.0.0.1:8080/x",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data"
      })
  void is_given_no_url_that_leads_nowhere_or_inside(String url) {
    assertThatThrownBy(() -> new Destination(false).parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org",
        "HTTPS://example.org:8443/a/b?c=d",
        "https://1.1.1.1/hook",
        "https://xn--exmple-cua.org/"
      })
  void is_given_urls_of_the_internet(String url) {
    assertThat(new Destination(false).parse(url)).hasToString(url);
  }

  @Test
  void is_given_private_ones_where_the_settings_allow_it() {
    assertThat(new Destination(true).parse("http://127.0.0.1:8080/x"))
        .hasToString("http://127.0.0.1:8080/x");
  }
}
