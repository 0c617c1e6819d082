package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TOO_LARGE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.config.Sha256;
import org.mdlibs.registry.problem.ProblemException;

/**
 * An archive as it arrived: in a temporary file of its own, counted and hashed on the way. Closing
 * it deletes the file.
 */
public final class SpooledArchive implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SpooledArchive.class.getName());

  private final Path file;
  private final long size;
  private final String sha256;
  private final ArchiveLimits limits;

  private SpooledArchive(Path file, long size, String sha256, ArchiveLimits limits) {
    this.file = file;
    this.size = size;
    this.sha256 = sha256;
    this.limits = limits;
  }

  /**
   * Takes an archive to a new file. When this fails, no file stays behind.
   *
   * @param in the bytes, read to their end and not closed
   * @param folder an existing folder; the file's name begins with {@code upload-}
   * @throws ProblemException {@code ARCHIVE_TOO_LARGE} as soon as more than the limit arrived
   * @throws IOException when the stream or the disk fails
   */
  public static SpooledArchive spool(InputStream in, Path folder, ArchiveLimits limits)
      throws IOException {
    Path file = Files.createTempFile(folder, "upload-", ".tar.gz");
    boolean complete = false;
    try {
      MessageDigest digest = Sha256.digest();
      long size = copy(in, file, digest, limits.maxArchiveBytes());
      String sha256 = HexFormat.of().formatHex(digest.digest());
      complete = true;
      return new SpooledArchive(file, size, sha256, limits);
    } finally {
      if (!complete) {
        delete(file);
      }
    }
  }

  private static long copy(InputStream in, Path file, MessageDigest digest, long maxBytes)
      throws IOException {
    long size = 0;
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        size += count;
        if (size > maxBytes) {
          throw new ProblemException(
              ARCHIVE_TOO_LARGE,
              "The archive has more than " + maxBytes + " bytes; make it smaller.");
        }
        digest.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
    return size;
  }

  /** The temporary file. */
  public Path file() {
    return file;
  }

  /** Bytes of the archive. */
  public long size() {
    return size;
  }

  /** The SHA-256 of the archive, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /**
   * Checks the archive and reads its manifest.
   *
   * @throws IOException when the disk fails
   */
  public Inspection inspect() throws IOException {
    return Archives.inspect(file, limits);
  }

  /** Deletes the file, if it is still there. */
  @Override
  public void close() {
    delete(file);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The archive was dealt with; that the rest could not be tidied up must not undo that.
      LOG.log(Level.WARNING, e, () -> "a temporary archive could not be deleted");
    }
  }
}
