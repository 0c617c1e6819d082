package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the counts of downloads when the process is killed. */
final class DownloadCountIT {
  private static final int DOWNLOADS = 20;
  private static final String VERSION = "/api/v1/libraries/admin/notes/1.0.0";

  /** Counts wait for a second at most; the rest is for a machine that is busy. */
  private static final long MILLISECONDS = 4_000;

  @TempDir private Path home;
  private KilledServer server;

  @AfterEach
  void no_process_is_left() {
    server.kill();
  }

  private void download(Calls calls) throws Exception {
    for (int i = 0; i < DOWNLOADS; i++) {
      assertThat(calls.get(VERSION + "/download").statusCode()).isEqualTo(200);
    }
  }

  private long counted() throws Exception {
    String version = new Calls(server).get(VERSION).body();
    return Long.parseLong(version.replaceAll(".*\"downloads\":([0-9]+).*", "$1"));
  }

  @Test
  void a_kill_loses_the_last_second_and_a_stop_loses_none() throws Exception {
    server = new KilledServer(home, Map.of());
    server.start();
    Calls calls = new Calls(server).login();
    calls.publishNotes();
    download(calls);
    Thread.sleep(MILLISECONDS);
    server.kill();
    server.start();
    assertThat(counted()).isEqualTo(DOWNLOADS);
    download(new Calls(server));
    server.stop();
    server.start();
    assertThat(counted()).isEqualTo(2 * DOWNLOADS);
    String statistics = new Calls(server).get("/api/v1/stats/downloads").body();
    assertThat(statistics).contains("\"total_downloads\":" + 2 * DOWNLOADS);
  }
}
