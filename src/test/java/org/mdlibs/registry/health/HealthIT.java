package org.mdlibs.registry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
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
    client.send(client.request("/health/live").GET()).is(200);
    client.send(client.request("/health/ready").GET()).is(200);
  }
}
