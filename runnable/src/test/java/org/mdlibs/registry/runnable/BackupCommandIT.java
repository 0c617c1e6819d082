package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the jar beside a registry that serves. */
final class BackupCommandIT {
  private static final long SEED = 1;

  @TempDir private Path folder;

  private KilledServer server(String name) throws IOException {
    return new KilledServer(Files.createDirectories(folder.resolve(name)), Map.of());
  }

  @Test
  void a_backup_of_a_busy_registry_brings_back_every_promise() throws Exception {
    KilledServer source = server("source");
    KilledServer target = server("target");
    String file = folder.resolve("registry.backup").toString();
    try {
      source.start();
      var before = new CrashWorkers(source, "before-", SEED);
      before.work(1_500, () -> {});
      var meanwhile = new CrashWorkers(source, "meanwhile-", SEED);
      CompletableFuture<List<String>> backup =
          CompletableFuture.supplyAsync(() -> report(source, "backup", file));
      while (!backup.isDone()) {
        meanwhile.work(500, () -> {});
      }
      assertThat(last(backup.get())).contains("\"event\":\"report\"");
      assertThat(last(source.run("storage", "verify"))).contains("\"whole\":true");
      assertThat(last(source.run("storage", "collect", "--dry-run")))
          .contains("\"removed\":0", "\"dry_run\":true");
      source.kill();
      target.run("restore", file);
      target.start();
      before.turnTo(target);
      before.check();
      assertThat(before.published()).isPositive();
      target.stop();
      assertThat(downloads(folder.resolve("target")))
          .as("downloads, of which the last were counted when the server stopped")
          .isEqualTo(before.there());
    } finally {
      source.kill();
      target.kill();
    }
  }

  private static List<String> report(KilledServer beside, String... command) {
    try {
      return beside.run(command);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static long downloads(Path home) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("mdlibs.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select sum(downloads) from library_versions")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String last(List<String> lines) {
    return lines.get(lines.size() - 1);
  }
}
