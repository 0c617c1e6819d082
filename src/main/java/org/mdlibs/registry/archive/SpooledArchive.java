package org.mdlibs.registry.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * An archive that has arrived, in a temporary file that goes away when this is closed.
 *
 * @param file the temporary file
 * @param size its bytes
 * @param sha256 of its bytes, lower-case hexadecimal
 */
public record SpooledArchive(Path file, long size, String sha256, ArchiveLimits limits)
    implements AutoCloseable {
  private static final int BUFFER_BYTES = 32 * 1024;

  /**
   * Reads a stream to its end into a new file, hashing as it goes. The heap stays flat.
   *
   * @param folder where to
   * @throws ProblemException {@link ProblemType#ARCHIVE_TOO_LARGE}, {@link
   *     ProblemType#ARCHIVE_EMPTY}; nothing is left behind then
   * @throws IOException when the stream breaks or the folder cannot be written; nothing is left
   *     behind then
   */
  public static SpooledArchive spool(InputStream in, Path folder, ArchiveLimits limits)
      throws IOException {
    Path file = Files.createTempFile(folder, "upload-", ".tmp");
    try {
      return write(in, file, limits);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static SpooledArchive write(InputStream in, Path file, ArchiveLimits limits)
      throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    long size = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        size += read;
        if (size > limits.maxArchiveBytes()) {
          throw Archives.tooLarge(limits);
        }
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    if (size == 0) {
      throw new ProblemException(
          ProblemType.ARCHIVE_EMPTY, "Send the .tar.gz: the file has no bytes.");
    }
    return new SpooledArchive(file, size, HexFormat.of().formatHex(digest.digest()), limits);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Checks the archive.
   *
   * @throws IOException when its file cannot be read
   * @see Archives#inspect
   */
  public Contents inspect() throws IOException {
    return Archives.inspect(file, limits);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
