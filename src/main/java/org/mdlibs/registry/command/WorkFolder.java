package org.mdlibs.registry.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for the temporary files of one command. Not that of uploads, which every server empties
 * when it starts. Closing it deletes it.
 */
final class WorkFolder implements AutoCloseable {
  private final Path path;

  /** Makes one in the home. */
  WorkFolder(Path home) throws IOException {
    path = Files.createTempDirectory(Files.createDirectories(home), "command-");
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(path)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(path);
  }
}
