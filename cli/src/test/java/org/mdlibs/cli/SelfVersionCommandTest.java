package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

final class SelfVersionCommandTest {
  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource({
    "1.2.3, 1.2.3, ",
    "1.2.3, 1.2.9, ",
    "1.2.3, 1.3.0, ",
    "0.1.0-SNAPSHOT, 0.1.0, ",
    "1.9.0, 1.2.0, is older",
    "1.2.0, 2.0.0, version 2.x",
    "0.1.0, 0.2.0, version 0.2.x",
    "development, 0.2.0, ",
    "0.1.0, nonsense, ",
  })
  void says_when_the_two_do_not_fit(String client, String server, String warning) {
    String misfit = SelfVersionCommand.misfit(client, server).orElse("");
    if (warning == null) {
      assertThat(misfit).isEmpty();
    } else {
      assertThat(misfit).contains(warning);
    }
  }

  @Test
  void shows_both_also_of_a_registry_that_is_not_well() throws IOException {
    try (var server = new LoopbackServer()) {
      server.on("GET /health", Given.json(503, "{\"status\":\"DOWN\",\"version\":\"7.1.0\"}"));
      var run = new Run(temporary).with("MDLIBS_REGISTRY_URL", server.url());
      Outcome outcome = run.mdlibs("self", "version");
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.out())
          .isEqualTo("mdlibs    development\nregistry  7.1.0 at " + server.url() + "\n");
      assertThat(run.mdlibs("self", "version", "--json").out())
          .contains("\"server\": \"7.1.0\"", "\"fits\": true");
    }
  }
}
