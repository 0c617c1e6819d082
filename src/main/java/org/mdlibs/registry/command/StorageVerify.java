package org.mdlibs.registry.command;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Map;
import org.mdlibs.registry.maintenance.Lines;
import org.mdlibs.registry.maintenance.Verification;

/**
 * {@code storage verify}: reads every archive and compares it with its row; ends with 1 when one is
 * missing, corrupt or unreadable.
 */
final class StorageVerify implements Command {
  @Override
  public String name() {
    return "storage verify";
  }

  @Override
  public String usage() {
    return "storage verify";
  }

  @Override
  public Map<String, Boolean> options() {
    return Map.of();
  }

  @Override
  public int run(Options options, PrintStream out) throws IOException {
    try (var installation = Installation.existing()) {
      var lines = new Lines(out);
      Verification.Report report =
          new Verification(installation.database(), installation.blobs(), installation.clock())
              .run(lines);
      lines.write(report);
      return report.whole() ? Commands.DONE : Commands.FAILED;
    } catch (SQLException e) {
      throw Installation.failure(e);
    }
  }
}
