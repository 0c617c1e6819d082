package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_NO_MARKDOWN;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.mdlibs.registry.problem.ProblemException;

/**
 * Inspects and unpacks archives, with the same checks.
 *
 * <p>Each method throws a {@link ProblemException} of one of the {@code ARCHIVE_…} types or {@code
 * MANIFEST_INVALID} for what is wrong with the archive, whatever bytes it holds, and an {@link
 * IOException} only for what is wrong with the disk or the stream.
 */
public final class Archives {
  private static final String MANIFEST = ".mdlibs.toml";

  private Archives() {}

  /** Inspects the archive in a file. */
  public static Contents inspect(Path archive, ArchiveLimits limits) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      return inspect(in, limits);
    }
  }

  /** Inspects the archive in a stream, which is read to its end and not closed. */
  public static Contents inspect(InputStream archive, ArchiveLimits limits) throws IOException {
    return read(archive, limits, new Nowhere());
  }

  /**
   * Unpacks an archive. Files get the modes, times and owner that a new file gets here, whatever
   * the archive says. When this fails, what was unpacked so far is the caller's to delete.
   *
   * @param folder where to: a new folder or an empty one; nothing is written outside of it
   * @throws DirectoryNotEmptyException when there is something in the folder
   */
  public static Contents unpack(Path archive, Path folder, ArchiveLimits limits)
      throws IOException {
    Files.createDirectories(folder);
    try (var present = Files.newDirectoryStream(folder)) {
      if (present.iterator().hasNext()) {
        throw new DirectoryNotEmptyException(folder.toString());
      }
    }
    try (InputStream in = Files.newInputStream(archive)) {
      return read(in, limits, new Folder(folder));
    }
  }

  private static Contents read(InputStream archive, ArchiveLimits limits, Target target)
      throws IOException {
    try (var gzip = new GzipMember(archive, limits.maxArchiveBytes())) {
      var tar = new TarReader(gzip, limits);
      var tree = new EntryTree(limits.maxEntries());
      byte[] buffer = new byte[1 << 16];
      byte[] manifest = null;
      boolean markdown = false;
      int files = 0;
      long bytes = 0;
      for (var next = tar.next(); next.isPresent(); next = tar.next()) {
        TarReader.Entry entry = next.get();
        EntryPath path = entry.path();
        tree.add(path, entry.folder());
        if (entry.folder()) {
          target.makeFolder(path);
          continue;
        }
        files++;
        bytes += entry.size();
        markdown |= path.isMarkdown();
        if (path.toString().equals(MANIFEST)) {
          Manifest.checkSize(entry.size());
          var copy = new ByteArrayOutputStream();
          copy(tar, copy, buffer);
          manifest = copy.toByteArray();
          try (OutputStream out = target.makeFile(path)) {
            out.write(manifest);
          }
        } else {
          try (OutputStream out = target.makeFile(path)) {
            copy(tar, out, buffer);
          }
        }
      }
      if (!markdown) {
        throw new ProblemException(
            ARCHIVE_NO_MARKDOWN, "Put at least one .md or .markdown file into the archive.");
      }
      return new Contents(Optional.ofNullable(manifest).map(Manifest::parse), files, bytes);
    }
  }

  private static void copy(TarReader tar, OutputStream out, byte[] buffer) throws IOException {
    for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
      out.write(buffer, 0, count);
    }
  }

  /** Where the files and folders go. */
  private interface Target {
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
