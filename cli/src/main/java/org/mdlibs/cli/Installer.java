package org.mdlibs.cli;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
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
 * The folder of the installed libraries, {@code libraries/@scope/name}: what is there, and how a
 * checked archive is unpacked for it. {@link Installation} brings it into place.
 */
final class Installer {
  private final Path libraries;

  Installer(Path libraries) {
    this.libraries = libraries;
  }

  Path place(Reference reference) {
    return below(libraries, reference);
  }

  /** Whether exactly this is installed already. */
  boolean has(Locked locked) {
    return installed(locked.reference())
        .filter(i -> locked.reference().equals(i.reference()))
        .filter(i -> locked.checksum().equals(i.checksum()))
        .isPresent();
  }

  Optional<Installed> installed(Reference reference) {
    return Installed.read(place(reference));
  }

  Path libraries() {
    return libraries;
  }

  /** The folder of a library below another one. */
  static Path below(Path folder, Reference reference) {
    return folder.resolve("@" + reference.scope()).resolve(reference.name().toString());
  }

  /**
   * The place of a library, which holds nothing or what mdlibs installed there.
   *
   * @throws Failure when it is something else, or a link leads elsewhere
   */
  Path freePlace(Reference reference) {
    Path place = place(reference);
    refuseLink(place.getParent());
    refuseLink(place);
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && installed(reference).isEmpty()) {
      throw new Failure(
          ExitCode.FAILED,
          place + " exists, and mdlibs did not install it.",
          "Move it away and try again.");
    }
    return place;
  }

  /**
   * Unpacks an archive whose SHA-256 was checked; it is as untrusted all the same. It comes into
   * {@code new/@scope/name} of a folder, with the record of its installation.
   *
   * @throws Failure with exit code 5 when the archive is hostile or broken; with 1 when something
   *     that mdlibs did not install is in the way
   */
  void stage(Locked locked, Path archive, Path staging) throws IOException {
    Path place = freePlace(locked.reference());
    Files.createDirectories(staging);
    Path raw = Files.createDirectory(staging.resolve("raw"));
    Path root = unpack(locked, archive, raw);
    new Installed(
            locked.reference(),
            locked.version().toString(),
            place,
            locked.registry(),
            locked.checksum(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
        .writeTo(root);
    Path fresh = below(staging.resolve("new"), locked.reference());
    Files.createDirectories(fresh.getParent());
    Files.move(root, fresh, StandardCopyOption.ATOMIC_MOVE);
    delete(raw);
  }

  /** Unpacks the archive: the library's root, which is the folder or the one around everything. */
  static Path unpack(Locked locked, Path archive, Path folder) throws IOException {
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

  static void refuseLink(Path path) {
    if (Files.isSymbolicLink(path)) {
      throw new Failure(
          ExitCode.FAILED,
          path + " is a symbolic link, which would lead the library elsewhere.",
          "Remove the link, or choose another folder: --path DIR");
    }
  }

  static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Something else lives there.
    }
  }

  /** Deletes a folder, if it is there, and all below it, never following a link. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
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
