package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HealthCallTest {
  private static final EarlySettings NONE =
      new EarlySettings(new Properties(), Map.of(), new Properties());

  private final AtomicReference<String> asked = new AtomicReference<>();
  private int status = 200;
  private String answer = "{\"status\":\"UP\"}";
  private HttpServer server;

  @BeforeEach
  void a_server() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.set(exchange.getRequestURI().toString());
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void no_server() {
    server.stop(0);
  }

  private Arguments atThePort() {
    return Arguments.parse(
        NONE, "--health", "--port", Integer.toString(server.getAddress().getPort()));
  }

  @Test
  void is_content_when_the_registry_is_ready() {
    assertThatCode(() -> HealthCall.run(atThePort(), NONE)).doesNotThrowAnyException();
    assertThat(asked.get()).isEqualTo("/health/ready");
  }

  @Test
  void asks_another_url() throws Refusal {
    String url = "http://localhost:" + server.getAddress().getPort() + "/health/live";
    HealthCall.run(Arguments.parse(NONE, "--health", url), NONE);
    assertThat(asked.get()).isEqualTo("/health/live");
  }

  @Test
  void tells_what_is_wrong_in_one_line() {
    status = 503;
    answer = "{\"status\":\r\n\"DOWN\",\u001b[31m\"checks\":\u00e9{}}";
    assertThatThrownBy(() -> HealthCall.run(atThePort(), NONE))
        .isInstanceOf(Refusal.class)
        .hasMessageEndingWith(
            "/health/ready answered 503 {\"status\": \"DOWN\", [31m\"checks\": {}}");
  }

  @Test
  void is_not_content_with_another_answer_that_has_no_body() {
    status = 404;
    answer = "";
    assertThatThrownBy(() -> HealthCall.run(atThePort(), NONE))
        .isInstanceOf(Refusal.class)
        .hasMessageEndingWith("answered 404");
  }

  @Test
  void tells_that_nobody_answers() {
    Arguments arguments = atThePort();
    server.stop(0);
    assertThatThrownBy(() -> HealthCall.run(arguments, NONE))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("does not answer");
  }
}
