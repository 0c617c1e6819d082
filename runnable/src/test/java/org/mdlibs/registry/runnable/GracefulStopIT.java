package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM does to a server that has work to finish. */
@DisabledOnOs(
    value = OS.WINDOWS,
    disabledReason = "no process can send the signal to another there")
final class GracefulStopIT {
  private static final int SIGTERM = 15;

  /** One for all, so that the server's files are laid out once. */
  @TempDir private static Path home;

  private KilledServer server;

  @AfterEach
  void no_process_is_left() {
    server.kill();
  }

  private Calls startAndLogIn(Map<String, String> environment)
      throws IOException, InterruptedException {
    server = new KilledServer(home, environment);
    server.start();
    return new Calls(server).login();
  }

  @Test
  void calls_itself_not_ready_refuses_what_is_new_and_finishes_what_is_under_way()
      throws Exception {
    Calls calls = startAndLogIn(Map.of("MDLIBS_STOP_GRACE_SECONDS", "2"));
    try (var upload = new SlowUpload(server, calls.token(), "finished")) {
      server.signal();
      calls.await("/health/ready", 503);
      assertThat(calls.get("/api/v1/libraries").statusCode())
          .as("in the time of grace")
          .isEqualTo(200);
      assertThat(calls.get("/health/live").statusCode()).isEqualTo(200);
      calls.await("/api/v1/libraries", 503);
      HttpResponse<String> refused = calls.get("/api/v1/libraries");
      assertThat(refused.body()).contains("\"code\":\"STOPPING\"");
      assertThat(refused.headers().firstValue("Connection")).contains("close");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(calls.get("/health/ready").body()).contains("\"requests\":\"1\"");
      assertThat(upload.finish()).startsWith("HTTP/1.1 201");
    }
    assertThat(server.exitCode()).isZero();
    assertThat(server.stderr())
        .doesNotContain("\"level\":\"WARN\"", "\"level\":\"ERROR\"", "stopped while");
    server.start();
    assertThat(calls.get("/api/v1/libraries/admin/finished/1.0.0").statusCode()).isEqualTo(200);
  }

  @Test
  void waits_no_longer_than_it_may() throws Exception {
    Calls calls =
        startAndLogIn(Map.of("MDLIBS_STOP_GRACE_SECONDS", "0", "MDLIBS_STOP_TIMEOUT_SECONDS", "1"));
    try (var upload = new SlowUpload(server, calls.token(), "cut-off")) {
      server.signal();
      assertThat(server.exitCode()).isZero();
      assertThat(upload.isCutOff()).isTrue();
    }
    assertThat(server.stderr()).contains("stopped while 1 requests were under way");
  }

  @Test
  void ends_at_once_when_it_is_told_twice() throws Exception {
    Calls calls = startAndLogIn(Map.of("MDLIBS_STOP_TIMEOUT_SECONDS", "3600"));
    try (var upload = new SlowUpload(server, calls.token(), "given-up")) {
      server.signal();
      calls.await("/api/v1/libraries", 503);
      server.signal();
      assertThat(server.exitCode()).isEqualTo(128 + SIGTERM);
      assertThat(upload.isCutOff()).isTrue();
    }
  }
}
