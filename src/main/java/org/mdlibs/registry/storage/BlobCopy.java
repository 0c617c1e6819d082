package org.mdlibs.registry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.problem.DiskFull;
import org.mdlibs.registry.problem.ProblemException;

/**
 * Copies blobs from one storage to another. What is copied has the SHA-256 that its key holds, or
 * it is not copied; what the target has besides is left alone. Broken off, it can be started again,
 * and goes on where it was.
 */
public final class BlobCopy {
  private static final Logger LOG = Logger.getLogger(BlobCopy.class.getName());

  /** One after the other: then it is the storage that is away, and not a blob. */
  private static final int MOST_FAILURES = 10;

  private int failures;

  private final Blobs from;
  private final Blobs to;
  private final boolean quick;
  private final Path temporary;

  /** What became of a blob. */
  public enum Outcome {
    /** It is in the target now. */
    COPIED,
    /** It was there already. */
    PRESENT,
    /** Its bytes are not those of its key: it was not copied. */
    CORRUPT,
    /** It could not be read to its end: it was not copied. */
    UNREADABLE,
    /** It went away since it was listed. */
    GONE
  }

  /**
   * Prepares copying.
   *
   * @param quick whether what is there is told by its size alone, and not read
   * @param temporary a folder for one blob at a time
   */
  public BlobCopy(Blobs from, Blobs to, boolean quick, Path temporary) {
    this.from = from;
    this.to = to;
    this.quick = quick;
    this.temporary = temporary;
  }

  /**
   * Copies a blob, unless it is there, and reads it back from the target.
   *
   * @throws IOException when the target fails, or gives back other bytes
   */
  public Outcome copy(StoredBlob blob) throws IOException {
    BlobKey key = blob.key();
    if (isPresent(blob)) {
      return Outcome.PRESENT;
    }
    Path file = Files.createTempFile(temporary, "copy-", ".tar.gz");
    try {
      try (InputStream bytes = from.read(key)) {
        Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException e) {
        return Outcome.GONE;
      } catch (IOException | ProblemException e) {
        if (DiskFull.isSaidBy(e) || ++failures == MOST_FAILURES) {
          throw e;
        }
        LOG.log(Level.WARNING, e, () -> "cannot be read: " + key);
        return Outcome.UNREADABLE;
      }
      failures = 0;
      if (!Blobs.hash(file).equals(key.sha256())) {
        return Outcome.CORRUPT;
      }
      to.put(key, file);
    } finally {
      Files.deleteIfExists(file);
    }
    if (!to.hash(key).equals(key.sha256())) {
      throw new IOException("the target gives back other bytes of " + key);
    }
    return Outcome.COPIED;
  }

  private boolean isPresent(StoredBlob blob) throws IOException {
    OptionalLong size = to.size(blob.key());
    return size.isPresent()
        && size.getAsLong() == blob.size()
        && (quick || to.hash(blob.key()).equals(blob.key().sha256()));
  }
}
