package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Publishers and deleters work, the server is killed at a random moment, started again, and asked
 * for everything that it ever promised. {@code -Dcrash.kills=50} kills more often, {@code
 * -Dcrash.seed=…} repeats the moments, {@code -Dcrash.on=postgresql+s3} takes another database and
 * storage.
 */
final class CrashIT {
  private static final int KILLS = Integer.getInteger("crash.kills", 3);
  private static final long SEED = Long.getLong("crash.seed", 1);
  private static final int LONGEST_MS = 3_000;

  /** One in so many kills comes while the server starts. */
  private static final int DURING_START = 10;

  @TempDir private Path home;

  @Test
  void what_was_answered_is_there_after_every_kill()
      throws IOException, InterruptedException, SQLException {
    var random = new Random(SEED);
    try (var ground = CrashGround.of(System.getProperty("crash.on", "sqlite+filesystem"), home)) {
      var server = new KilledServer(home, ground.environment());
      var workers = new CrashWorkers(server, "crash-", SEED);
      for (int kill = 1; kill <= KILLS; kill++) {
        if (random.nextInt(DURING_START) == 0) {
          server.startAndKill(random.nextInt(LONGEST_MS));
        }
        server.start();
        workers.check();
        workers.work(random.nextInt(LONGEST_MS), server::kill);
        ground.requireWhole();
        System.out.printf("kill %d of %d: %s%n", kill, KILLS, workers);
      }
      server.start();
      workers.check();
      ground.requireWhole();
      ground.requireCounted();
      server.kill();
      assertThat(workers.published()).as("versions published over all").isPositive();
    }
  }
}
