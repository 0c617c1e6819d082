package org.mdlibs.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a text file so that a reader sees the old or the new one, never a half: a temporary file
 * beside it, then one move. A symbolic link stays one and its target changes.
 */
final class AtomicFile {
  private static final Set<PosixFilePermission> SECRET =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> ORDINARY =
      PosixFilePermissions.fromString("rw-r--r--");

  private static final FileAttribute<Set<PosixFilePermission>> SECRET_MODE =
      PosixFilePermissions.asFileAttribute(SECRET);

  private AtomicFile() {}

  /** Replaces a file, keeping its mode; a new one is as the umask says. */
  static void write(Path file, String text) throws IOException {
    Path target = target(file);
    Files.createDirectories(target.getParent());
    if (!hasModes(target)) {
      replace(target, text, null);
    } else if (Files.exists(target)) {
      // Set afterwards, since the umask would take from it.
      replace(target, text, Files.getPosixFilePermissions(target), SECRET_MODE);
    } else {
      replace(target, text, null, PosixFilePermissions.asFileAttribute(ORDINARY));
    }
  }

  /** Replaces a file that only its owner may read (mode 0600), in a folder that is his (0700). */
  static void writeSecret(Path file, String text) throws IOException {
    Path target = target(file);
    if (!hasModes(target)) {
      Files.createDirectories(target.getParent());
      replace(target, text, null);
      return;
    }
    Files.createDirectories(
        target.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    replace(target, text, null, SECRET_MODE);
  }

  private static Path target(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private static boolean hasModes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void replace(
      Path target, String text, Set<PosixFilePermission> later, FileAttribute<?>... mode)
      throws IOException {
    Path temporary = Files.createTempFile(target.getParent(), ".mdlibs-", ".tmp", mode);
    try {
      Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
      if (later != null) {
        Files.setPosixFilePermissions(temporary, later);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
