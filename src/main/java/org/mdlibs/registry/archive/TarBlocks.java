package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TRUNCATED;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_UNPACKED_TOO_LARGE;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The bytes of a tar, each of which counts against a limit. */
final class TarBlocks {
  /** Bytes of a block. */
  static final int SIZE = TarConstants.DEFAULT_RCDSIZE;

  private final InputStream in;
  private final long maxBytes;
  private final byte[] passedOver = new byte[1 << 16];
  private long total;

  /** Reads a stream, of which at most so many bytes are taken; never closes it. */
  TarBlocks(InputStream in, long maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** Bytes that follow data of that size, up to the end of its block. */
  static int padding(long size) {
    return (int) (-size & (SIZE - 1));
  }

  static boolean isZero(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Bytes that may still come. */
  long left() {
    return maxBytes - total;
  }

  /** Reads some bytes: their number, or -1 at the end. */
  int read(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    total += Math.max(0, count);
    if (total > maxBytes) {
      throw tooMuch();
    }
    return count;
  }

  /** Fills the target: the number of bytes, which is less than its length only at the end. */
  int readFully(byte[] target) throws IOException {
    int count = 0;
    while (count < target.length) {
      int read = read(target, count, target.length - count);
      if (read < 0) {
        break;
      }
      count += read;
    }
    return count;
  }

  void skip(long count) throws IOException {
    long left = count;
    while (left > 0) {
      int read = read(passedOver, 0, (int) Math.min(left, passedOver.length));
      if (read < 0) {
        throw breaksOff("within a file");
      }
      left -= read;
    }
  }

  /** Reads to the end, or to the first byte that is not zero. */
  boolean onlyZerosFollow() throws IOException {
    int count = read(passedOver, 0, passedOver.length);
    while (count >= 0 && isZero(passedOver, count)) {
      count = read(passedOver, 0, passedOver.length);
    }
    return count < 0;
  }

  FaultyArchive tooMuch() {
    return FaultyArchive.whole(
        ARCHIVE_UNPACKED_TOO_LARGE,
        "unpacks to more than " + maxBytes + " bytes; split the library");
  }

  static FaultyArchive breaksOff(String where) {
    return FaultyArchive.whole(
        ARCHIVE_TRUNCATED, "breaks off " + where + "; pack and send it again");
  }
}
