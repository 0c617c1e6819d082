package org.mdlibs.registry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
@Tag("server")
class HealthIT {
  private final RegistryClient client;
  private final RegistryServer server;

  HealthIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  @Test
  void tells_that_all_is_well() {
    Answer answer = client.send(client.request("/health").GET()).is(200);
    assertThat(answer.string("status")).isEqualTo("UP");
    List<String> checks = new ArrayList<>(List.of("database", "storage"));
    server.scanner().ifPresent(scanner -> checks.add("malware_scanner"));
    assertThat(answer.json().getJsonObject("checks").keySet())
        .containsExactlyInAnyOrderElementsOf(checks);
    assertThat(answer.string("version")).isNotBlank();
  }

  @Test
  void tells_it_to_all_who_ask_at_once() throws InterruptedException, ExecutionException {
    ExecutorService callers = Executors.newFixedThreadPool(16);
    try {
      Callable<Integer> call = () -> client.send(client.request("/health").GET()).status();
      for (Future<Integer> status : callers.invokeAll(Collections.nCopies(200, call))) {
        assertThat(status.get()).isEqualTo(200);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void tells_that_it_lives() {
    Answer live = client.send(client.request("/health/live").GET()).is(200);
    assertThat(live.json().getJsonObject("checks")).isEmpty();
    client.send(client.request("/health/ready").GET()).is(200);
  }

  @Test
  void asks_nobody_who_he_is() {
    RegistryClient forger = client.withToken("mdl_forged");
    for (String path : List.of("/health", "/health/live", "/health/ready")) {
      forger.send(forger.request(path).GET()).is(200);
    }
  }

  @Test
  void tells_the_headers_alone_to_whoever_asks_for_them() {
    Answer answer =
        client.send(client.request("/health").method("HEAD", BodyPublishers.noBody())).is(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("Content-Type")).contains("application/json");
  }

  @Test
  void is_not_ready_while_the_storage_is_away_and_lives_on() throws IOException {
    server.withoutStorage(
        () -> {
          Answer answer = client.health(503);
          assertThat(answer.string("status")).isEqualTo("DOWN");
          assertThat(answer.json().getJsonObject("checks").getJsonObject("database"))
              .hasToString("{\"status\":\"UP\"}");
          client.send(client.request("/health/live").GET()).is(200);
        });
    client.health(200);
  }
}
