package org.mdlibs.registry.command;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Map;
import org.mdlibs.registry.maintenance.Collector;
import org.mdlibs.registry.maintenance.Lines;

/**
 * {@code storage collect}: removes what is older than a day and belongs to no version; ends with 1
 * when something could not be removed.
 */
final class StorageCollect implements Command {
  private static final String DRY_RUN = "--dry-run";
  private static final String FORCE = "--force";

  @Override
  public String name() {
    return "storage collect";
  }

  @Override
  public String usage() {
    return "storage collect [--dry-run | --force]";
  }

  @Override
  public Map<String, Boolean> options() {
    return Map.of(DRY_RUN, false, FORCE, false);
  }

  private static Collector.Mode mode(Options options) {
    if (options.has(DRY_RUN)) {
      return Collector.Mode.DRY_RUN;
    }
    return options.has(FORCE) ? Collector.Mode.FORCED : Collector.Mode.CAREFUL;
  }

  @Override
  public int run(Options options, PrintStream out) throws IOException {
    try (var installation = Installation.existing()) {
      var lines = new Lines(out);
      Collector.Report report =
          new Collector(
                  installation.database(),
                  installation.blobs(),
                  installation.clock(),
                  mode(options))
              .run(lines);
      lines.write(report);
      return report.failed() == 0 ? Commands.DONE : Commands.FAILED;
    } catch (SQLException e) {
      throw Installation.failure(e);
    }
  }
}
