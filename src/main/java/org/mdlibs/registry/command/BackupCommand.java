package org.mdlibs.registry.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.mdlibs.registry.maintenance.Backup;
import org.mdlibs.registry.maintenance.Lines;

/** {@code backup}: writes database and archives to one file, while the registry serves. */
final class BackupCommand implements Command {
  @Override
  public String name() {
    return "backup";
  }

  @Override
  public String usage() {
    return "backup FILE   (a new one)";
  }

  @Override
  public Map<String, Boolean> options() {
    return Map.of(Options.FILE, true);
  }

  @Override
  public int run(Options options, PrintStream out) throws IOException {
    Path file = Path.of(options.get(Options.FILE)).toAbsolutePath();
    try (var installation = Installation.existing()) {
      var lines = new Lines(out);
      lines.write(
          new Backup(
                  installation.snapshots(),
                  installation.kind().name(),
                  installation.blobs(),
                  installation.clock())
              .write(file, lines));
      return Commands.DONE;
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException("the file is there already: " + file, e);
    } catch (SQLException e) {
      throw Installation.failure(e);
    }
  }
}
