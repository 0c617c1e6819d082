package org.mdlibs.registry.maintenance;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that their owner alone may read, where the file system knows owners. */
final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes a temporary file in the folder of another. */
  static Path createBeside(Path file) throws IOException {
    return Files.createTempFile(
        file.toAbsolutePath().getParent(), ".mdlibs-", ".tmp", attributes());
  }

  /**
   * Gives a file its name, durably.
   *
   * @throws FileAlreadyExistsException when there is one of that name; it stays as it is
   */
  static void moveToNew(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
      Files.delete(file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // No links here. This refuses a name that is taken too, if not quite at once.
      Files.move(file, name);
    }
    try (FileChannel folder =
        FileChannel.open(name.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
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
