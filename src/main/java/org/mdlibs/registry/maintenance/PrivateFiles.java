package org.mdlibs.registry.maintenance;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that their owner alone may read, where the file system knows owners. */
final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes a new, empty file. */
  static void create(Path file) throws IOException {
    Files.createFile(file, attributes());
  }

  /** Makes a temporary file in the folder of another. */
  static Path createBeside(Path file) throws IOException {
    return Files.createTempFile(
        file.toAbsolutePath().getParent(), ".mdlibs-", ".tmp", attributes());
  }

  private static FileAttribute<?>[] attributes() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }
}
