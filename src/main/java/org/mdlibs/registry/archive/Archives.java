package org.mdlibs.registry.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mdlibs.registry.problem.ProblemException;

/**
 * Inspects and unpacks archives, with the same checks.
 *
 * <p>Whatever bytes an archive holds, its faults are of the {@code ARCHIVE_…} types, {@code
 * MANIFEST_INVALID} and {@code MANIFEST_MISPLACED}; an {@link IOException} tells only what is wrong
 * with the disk or the stream.
 */
public final class Archives {
  /** What whoever installs a library writes into its folder, and no archive may bring. */
  public static final String INSTALL_RECORD = ".mdlibs-installed.toml";

  private Archives() {}

  /** Inspects the archive in a file: every fault that one reading finds. */
  public static Inspection inspect(Path archive, ArchiveLimits limits) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      return inspect(in, limits);
    }
  }

  /** Inspects the archive in a stream, which is read until nothing can be said and not closed. */
  public static Inspection inspect(InputStream archive, ArchiveLimits limits) throws IOException {
    return new ArchiveReading(limits, new Nowhere(), Inspection.MAX_FAULTS).read(archive);
  }

  /**
   * An archive that was unpacked.
   *
   * @param root the library's root: the folder that it was unpacked into, or the single one in it
   *     that is around everything
   * @param contents what is in it
   */
  public record Unpacked(Path root, Contents contents) {}

  /**
   * Unpacks an archive. Files get the modes, times and owner that a new file gets here, whatever
   * the archive says. When this fails, what was unpacked so far is the caller's to delete.
   *
   * @param folder where to: a new folder or an empty one; nothing is written outside of it
   * @throws ProblemException of the first fault
   * @throws DirectoryNotEmptyException when there is something in the folder
   */
  public static Unpacked unpack(Path archive, Path folder, ArchiveLimits limits)
      throws IOException {
    Files.createDirectories(folder);
    try (var present = Files.newDirectoryStream(folder)) {
      if (present.iterator().hasNext()) {
        throw new DirectoryNotEmptyException(folder.toString());
      }
    }
    try (InputStream in = Files.newInputStream(archive)) {
      Contents contents = new ArchiveReading(limits, new Folder(folder), 1).read(in).orThrow();
      return new Unpacked(contents.topFolder().map(folder::resolve).orElse(folder), contents);
    }
  }

  /** Where the files and folders go. */
  interface Target {
    void makeFolder(EntryPath path) throws IOException;

    OutputStream makeFile(EntryPath path) throws IOException;
  }

  private record Nowhere() implements Target {
    @Override
    public void makeFolder(EntryPath path) {}

    @Override
    public OutputStream makeFile(EntryPath path) {
      return OutputStream.nullOutputStream();
    }
  }

  /** A folder that was empty, and in which no link is ever made: none can be followed out of it. */
  private record Folder(Path root) implements Target {
    @Override
    public void makeFolder(EntryPath path) throws IOException {
      Files.createDirectories(resolve(path));
    }

    @Override
    public OutputStream makeFile(EntryPath path) throws IOException {
      Path file = resolve(path);
      Files.createDirectories(file.getParent());
      return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private Path resolve(EntryPath path) throws IOException {
      try {
        return root.resolve(path.toString());
      } catch (InvalidPathException e) {
        // A locale that cannot spell the name, such as LC_ALL=C on JDK 17.
        throw new IOException("This system cannot name a file '" + path + "'", e);
      }
    }
  }
}
