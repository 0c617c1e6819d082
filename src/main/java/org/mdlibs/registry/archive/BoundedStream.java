package org.mdlibs.registry.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * The unpacked bytes beneath the tar reader: counts all of them, headers and padding included,
 * since the reader keeps extended headers in the heap, however long they claim to be.
 */
final class BoundedStream extends FilterInputStream {
  /** Headers of one entry: its own, and the extended ones before it, with some read ahead. */
  private static final int MAX_HEADER_BYTES = 256 * 1024;

  private final long most;
  private long count;
  private long headerLimit = Long.MAX_VALUE;

  BoundedStream(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  /** From here on the headers of one entry are read. */
  void beginHeaders() {
    headerLimit = count + MAX_HEADER_BYTES;
  }

  /** From here on its data is read, which has a limit of its own. */
  void endHeaders() {
    headerLimit = Long.MAX_VALUE;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      add(1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      add(read);
    }
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    byte[] skipped = new byte[(int) Math.min(Math.max(n, 0), 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void add(int bytes) {
    count += bytes;
    if (count > most) {
      throw new ProblemException(
          ProblemType.ARCHIVE_UNPACKED_TOO_LARGE,
          "Publish less at once: the archive unpacks to more than this registry takes.");
    }
    if (count > headerLimit) {
      throw new ProblemException(
          ProblemType.ARCHIVE_UNSAFE_ENTRY,
          "Pack the archive anew: an entry has more than %d bytes of headers."
              .formatted(MAX_HEADER_BYTES));
    }
  }
}
