package org.mdlibs.registry.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Reads a {@code .tar.gz} once from its beginning to its end, and checks all of it: exactly one
 * gzip member, a tar with its end marker and nothing but zeros after it, files and folders alone,
 * safe paths ({@link EntryPaths}), the limits, some markdown, a valid manifest. The heap stays
 * flat.
 *
 * <p>What is refused is a {@link ProblemException} with one of the {@code ARCHIVE_…} types or
 * {@link ProblemType#MANIFEST_INVALID}; an {@link IOException} is a failure of the disk.
 */
public final class Archives {
  /** Where the manifest lies in an archive. */
  public static final String MANIFEST = ".mdlibs.toml";

  private static final int TAR_RECORD = 512;
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final ArchiveLimits limits;
  private final Sink sink;
  private final EntryPaths paths = new EntryPaths();
  private Optional<Manifest> manifest = Optional.empty();
  private int entries;
  private int files;
  private long unpackedBytes;
  private boolean hasMarkdown;

  /** Where files go. */
  private interface Sink {
    /** Is told of a folder. */
    void folder(String path) throws IOException;

    /** Opens a file. */
    OutputStream file(String path) throws IOException;
  }

  private Archives(ArchiveLimits limits, Sink sink) {
    this.limits = limits;
    this.sink = sink;
  }

  /**
   * Checks an archive.
   *
   * @throws IOException when the file cannot be read
   */
  public static Contents inspect(Path archive, ArchiveLimits limits) throws IOException {
    var nowhere =
        new Sink() {
          @Override
          public void folder(String path) {
            // only looked at
          }

          @Override
          public OutputStream file(String path) {
            return OutputStream.nullOutputStream();
          }
        };
    return new Archives(limits, nowhere).read(archive);
  }

  /**
   * Checks an archive and unpacks it as it goes. When this throws, the folder holds a part: remove
   * it.
   *
   * @param folder where to; it must be there and empty
   * @throws IOException when a file cannot be read or written
   */
  public static Contents unpack(Path archive, Path folder, ArchiveLimits limits)
      throws IOException {
    var target =
        new Sink() {
          @Override
          public void folder(String path) throws IOException {
            Files.createDirectories(folder.resolve(path));
          }

          @Override
          public OutputStream file(String path) throws IOException {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
          }
        };
    return new Archives(limits, target).read(archive);
  }

  private Contents read(Path archive) throws IOException {
    if (Files.size(archive) > limits.maxArchiveBytes()) {
      throw tooLarge(limits);
    }
    try (InputStream file = new BufferedInputStream(new DiskStream(archive), BUFFER_BYTES)) {
      requireGzip(file);
      var gzip = GzipCompressorInputStream.builder().setInputStream(file).get();
      var bounded = new BoundedStream(gzip, unpackedLimit());
      readTar(bounded);
      if (file.read() >= 0) {
        throw trailingData();
      }
    } catch (DiskFailure e) {
      throw e.getCause();
    } catch (IOException e) {
      throw new ProblemException(
          ProblemType.ARCHIVE_TRUNCATED,
          "Pack and send the archive anew: it ends early or is damaged.",
          e);
    }
    if (!hasMarkdown) {
      throw new ProblemException(
          ProblemType.ARCHIVE_NO_MARKDOWN, "Add at least one file that ends in .md or .markdown.");
    }
    return new Contents(manifest, files, unpackedBytes);
  }

  /** Files, and for each entry its header, an extended header, padding; and the end of the tar. */
  private long unpackedLimit() {
    return limits.maxUnpackedBytes() + 4L * TAR_RECORD * (limits.maxEntries() + 64L);
  }

  /** The problem of an archive that has too many bytes. */
  static ProblemException tooLarge(ArchiveLimits limits) {
    return new ProblemException(
        ProblemType.ARCHIVE_TOO_LARGE,
        "Publish at most %d bytes at once.".formatted(limits.maxArchiveBytes()));
  }

  private static void requireGzip(InputStream file) throws IOException {
    file.mark(2);
    int magic = file.read() << 8 | file.read();
    file.reset();
    if (magic != GZIP_MAGIC) {
      throw new ProblemException(
          ProblemType.ARCHIVE_NOT_GZIP, "Send a .tar.gz: this is not gzip-compressed.");
    }
  }

  private void readTar(BoundedStream bytes) throws IOException {
    var buffered = new BufferedInputStream(bytes, BUFFER_BYTES);
    var tar = new Tar(buffered);
    try {
      for (TarArchiveEntry entry = next(tar, bytes); entry != null; entry = next(tar, bytes)) {
        readEntry(entry, tar);
      }
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new IOException(e);
    }
    if (!tar.sawEnd) {
      throw unreadable(new IOException("no end marker"));
    }
    byte[] padding = new byte[BUFFER_BYTES];
    for (int read = buffered.read(padding); read >= 0; read = buffered.read(padding)) {
      for (int i = 0; i < read; i++) {
        if (padding[i] != 0) {
          throw trailingData();
        }
      }
    }
  }

  private TarArchiveEntry next(TarArchiveInputStream tar, BoundedStream bytes) throws IOException {
    bytes.beginHeaders();
    TarArchiveEntry entry;
    try {
      entry = tar.getNextEntry();
    } catch (IOException e) {
      throw unreadable(e);
    } catch (IllegalArgumentException e) {
      throw unreadable(new IOException(e));
    }
    bytes.endHeaders();
    if (entry != null && !entry.isCheckSumOK()) {
      throw unreadable(new IOException("header checksum"));
    }
    return entry;
  }

  /** What a header that cannot be read means: the first one, that there is no tar at all. */
  private IOException unreadable(IOException fault) {
    boolean isGzipFault =
        fault instanceof EOFException || String.valueOf(fault.getMessage()).contains("Gzip");
    if (entries == 0 && !isGzipFault) {
      throw new ProblemException(
          ProblemType.ARCHIVE_NOT_TAR, "Send a .tar.gz: what is compressed is no tar.", fault);
    }
    return fault;
  }

  private static ProblemException trailingData() {
    return new ProblemException(
        ProblemType.ARCHIVE_TRAILING_DATA, "Pack the archive anew: it has data after its end.");
  }

  private void readEntry(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
    if (++entries > limits.maxEntries()) {
      throw new ProblemException(
          ProblemType.ARCHIVE_TOO_MANY_ENTRIES,
          "Publish at most %d files and folders at once.".formatted(limits.maxEntries()));
    }
    boolean isFolder = isFolder(entry);
    String path = paths.add(entry.getName(), isFolder);
    if (isFolder) {
      sink.folder(path);
      return;
    }
    if (entry.getSize() > limits.maxFileBytes()) {
      throw new ProblemException(
          ProblemType.ARCHIVE_FILE_TOO_LARGE,
          "Make '%s' smaller: a file may have at most %d bytes."
              .formatted(EntryPaths.shown(path), limits.maxFileBytes()));
    }
    unpackedBytes += entry.getSize();
    if (unpackedBytes > limits.maxUnpackedBytes()) {
      throw new ProblemException(
          ProblemType.ARCHIVE_UNPACKED_TOO_LARGE,
          "Publish less at once: the archive unpacks to more than %d bytes."
              .formatted(limits.maxUnpackedBytes()));
    }
    files++;
    String lower = path.toLowerCase(Locale.ROOT);
    hasMarkdown |= lower.endsWith(".md") || lower.endsWith(".markdown");
    try (OutputStream file = open(path)) {
      if (path.equals(MANIFEST)) {
        readManifest(entry.getSize(), tar, file);
      } else {
        copy(tar, file);
      }
    }
  }

  /** The sink's failures are the disk's, not the archive's. */
  private OutputStream open(String path) {
    try {
      return new DiskSink(sink.file(path));
    } catch (IOException e) {
      throw new DiskFailure(e);
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      to.write(buffer, 0, read);
    }
  }

  private void readManifest(long size, InputStream tar, OutputStream file) throws IOException {
    if (size > Manifest.MAX_BYTES) {
      throw Manifest.invalid("has more than " + Manifest.MAX_BYTES + " bytes");
    }
    var text = new ByteArrayOutputStream();
    copy(tar, text);
    manifest = Optional.of(Manifest.parse(text.toByteArray()));
    text.writeTo(file);
  }

  private static boolean isFolder(TarArchiveEntry entry) {
    boolean isPlain =
        entry.getLinkFlag() == TarConstants.LF_NORMAL
            || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    boolean isFolder =
        entry.getLinkFlag() == TarConstants.LF_DIR || (isPlain && entry.getName().endsWith("/"));
    if ((!isPlain && !isFolder) || entry.isSparse() || (isFolder && entry.getSize() != 0)) {
      throw new ProblemException(
          ProblemType.ARCHIVE_UNSAFE_ENTRY,
          "Leave '%s' out: an archive holds plain files and folders alone."
              .formatted(EntryPaths.shown(entry.getName())));
    }
    return isFolder;
  }

  /** A tar reader that says whether it came to an end marker, or just ran out of bytes. */
  private static final class Tar extends TarArchiveInputStream {
    private boolean sawEnd;

    Tar(InputStream in) {
      super(in, TAR_RECORD, TAR_RECORD, "UTF-8", false);
    }

    @Override
    protected boolean isEOFRecord(byte[] record) {
      boolean isEnd = super.isEOFRecord(record);
      sawEnd |= isEnd && record != null;
      return isEnd;
    }
  }

  /** A failure of the disk on its way through libraries that would take it for a bad archive. */
  private static final class DiskFailure extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    DiskFailure(IOException cause) {
      super(cause);
    }
  }

  /** The archive's file. */
  private static final class DiskStream extends FilterInputStream {
    DiskStream(Path file) throws IOException {
      super(Files.newInputStream(file));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        throw new DiskFailure(e);
      }
    }
  }

  /** A file that is unpacked. */
  private static final class DiskSink extends OutputStream {
    private final OutputStream file;

    DiskSink(OutputStream file) {
      this.file = file;
    }

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      try {
        file.write(buffer, offset, length);
      } catch (IOException e) {
        throw new DiskFailure(e);
      }
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new DiskFailure(e);
      }
    }
  }
}
