package org.mdlibs.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.mdlibs.cli.LockFile.Locked;
import org.mdlibs.registry.archive.ArchiveLimits;
import org.mdlibs.registry.archive.Archives;
import org.mdlibs.registry.problem.ProblemException;

/**
 * Brings checked archives into {@code libraries/@scope/name}: unpacked into a temporary folder on
 * the same file system, then moved in one step, so that nobody sees half a library.
 */
final class Installer {
  private final Path libraries;

  Installer(Path libraries) {
    this.libraries = libraries;
  }

  Path place(Reference reference) {
    return libraries.resolve("@" + reference.scope()).resolve(reference.name().toString());
  }

  /** Whether exactly this is installed already. */
  boolean has(Locked locked) {
    return installed(locked.reference())
        .filter(i -> locked.reference().equals(i.reference()))
        .filter(i -> locked.checksum().equals(i.checksum()))
        .isPresent();
  }

  private Optional<Installed> installed(Reference reference) {
    return Installed.read(place(reference));
  }

  /**
   * Installs an archive whose SHA-256 was checked; it is as untrusted all the same.
   *
   * @throws Failure with exit code 5 when the archive is hostile or broken; with 1 when something
   *     that mdlibs did not install is in the way
   */
  void install(Locked locked, Path archive) throws IOException {
    Path place = place(locked.reference());
    Path scope = place.getParent();
    Files.createDirectories(libraries);
    refuseLink(scope);
    refuseLink(place);
    Optional<Installed> before = installed(locked.reference());
    if (before.isEmpty() && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new Failure(
          ExitCode.FAILED,
          place + " exists, and mdlibs did not install it.",
          "Move it away and try again.");
    }
    Path staging = Files.createTempDirectory(libraries, ".mdlibs-");
    try {
      Path fresh = staging.resolve("new");
      Path root = unpack(locked, archive, fresh);
      new Installed(
              locked.reference(),
              locked.version().toString(),
              place,
              locked.registry(),
              locked.checksum(),
              Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
          .writeTo(root);
      Files.createDirectories(scope);
      replace(place, root, staging.resolve("old"));
    } finally {
      delete(staging);
    }
  }

  /** Unpacks the archive: the library's root, which is the folder or the one around everything. */
  private static Path unpack(Locked locked, Path archive, Path folder) throws IOException {
    Files.createDirectory(folder);
    try {
      return Archives.unpack(archive, folder, ArchiveLimits.DEFAULT).root();
    } catch (ProblemException e) {
      throw new Failure(
          ExitCode.INTEGRITY,
          "The archive of " + locked + " is refused (" + e.type() + "): " + e.getMessage(),
          "Nothing was installed; tell the operators of " + locked.registry() + ".",
          e);
    }
  }

  /** Puts the new folder in place; the old one comes back when that fails. */
  private static void replace(Path place, Path fresh, Path old) throws IOException {
    boolean replaces = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    if (replaces) {
      Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (replaces) {
        Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
  }

  private static void refuseLink(Path path) {
    if (Files.isSymbolicLink(path)) {
      throw new Failure(
          ExitCode.FAILED,
          path + " is a symbolic link, which would lead the library elsewhere.",
          "Remove the link, or choose another folder: --path DIR");
    }
  }

  /** Deletes a folder and all below it, never following a link. */
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
