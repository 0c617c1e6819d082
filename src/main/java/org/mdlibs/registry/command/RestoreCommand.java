package org.mdlibs.registry.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.mdlibs.registry.maintenance.Lines;
import org.mdlibs.registry.maintenance.Restore;

/**
 * {@code restore}: brings a backup into an empty installation, of whatever database and storage.
 */
final class RestoreCommand implements Command {
  @Override
  public String name() {
    return "restore";
  }

  @Override
  public String usage() {
    return "restore FILE";
  }

  @Override
  public Map<String, Boolean> options() {
    return Map.of(Options.FILE, true);
  }

  @Override
  public int run(Options options, PrintStream out) throws IOException {
    Path file = Path.of(options.get(Options.FILE)).toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    try (var installation = Installation.existingOrNew();
        var temporary = new WorkFolder(installation.config().home())) {
      var lines = new Lines(out);
      lines.write(
          new Restore(
                  installation.database(),
                  installation.kind(),
                  installation.blobs(),
                  temporary.path())
              .read(file, lines));
      return Commands.DONE;
    } catch (SQLException e) {
      throw Installation.failure(e);
    }
  }
}
