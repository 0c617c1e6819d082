package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_CONCATENATED;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_EMPTY;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_NOT_GZIP;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TOO_LARGE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TRAILING_DATA;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TRUNCATED;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The data of a stream that is exactly one gzip member (<a
 * href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>) and nothing else.
 *
 * <p>Readers differ in what they do with a second member or with bytes after the last one, so that
 * one archive could be two; here neither passes. The end is reported only after checksum and length
 * were compared and the source was seen to end. The name and comment in the header may be as long
 * as they like: they are skipped, never held.
 *
 * <p>Every fault of the data is a {@link FaultyArchive}; an {@link IOException} is always the
 * source's own.
 */
final class GzipMember extends InputStream {
  /** RFC 1952 §2.3.1, ID1 and ID2. */
  static final int FIRST_MAGIC = 0x1f;

  static final int SECOND_MAGIC = 0x8b;

  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 1 << 1;
  private static final int EXTRA_FIELD = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0xe0;

  private final InputStream source;
  private final long maxBytes;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long received;
  private boolean started;
  private boolean ended;

  /**
   * Reads a member.
   *
   * @param source what is read, to its end; never closed
   * @param maxBytes bytes that the source may have at most
   */
  GzipMember(InputStream source, long maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!started) {
      started = true;
      readHeader();
      inflater.setInput(buffer, position, limit - position);
    }
    while (!ended) {
      int count = inflate(target, offset, length);
      if (count > 0) {
        checksum.update(target, offset, count);
        return count;
      }
      if (inflater.finished()) {
        position = limit - inflater.getRemaining();
        readTrailer();
        ended = true;
      } else if (inflater.needsDictionary()) {
        throw corrupt();
      } else if (fill()) {
        inflater.setInput(buffer, 0, limit);
      } else {
        throw truncated();
      }
    }
    return -1;
  }

  @Override
  public void close() {
    inflater.end();
  }

  private int inflate(byte[] target, int offset, int length) {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      throw corrupt(e);
    }
  }

  /** RFC 1952 §2.3. */
  private void readHeader() throws IOException {
    int first = nextOrEnd();
    if (first < 0) {
      throw FaultyArchive.whole(ARCHIVE_EMPTY, "has 0 bytes; send a .tar.gz");
    }
    checksum.update(first);
    if (first != FIRST_MAGIC || headerByte() != SECOND_MAGIC || headerByte() != DEFLATE) {
      throw notGzip();
    }
    int flags = headerByte();
    if ((flags & RESERVED) != 0) {
      throw notGzip();
    }
    skipHeaderBytes(6); // time, extra flags, operating system
    if ((flags & EXTRA_FIELD) != 0) {
      skipHeaderBytes(headerByte() | headerByte() << 8);
    }
    for (int text : new int[] {NAME, COMMENT}) {
      while ((flags & text) != 0 && headerByte() != 0) {
        // zero-terminated
      }
    }
    long expected = checksum.getValue() & 0xffff;
    if ((flags & HEADER_CHECKSUM) != 0 && littleEndian(2) != expected) {
      throw corrupt();
    }
    checksum.reset();
  }

  private void readTrailer() throws IOException {
    if (littleEndian(4) != checksum.getValue()
        || littleEndian(4) != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw corrupt();
    }
    int first = nextOrEnd();
    if (first == FIRST_MAGIC && nextOrEnd() == SECOND_MAGIC) {
      throw FaultyArchive.whole(
          ARCHIVE_CONCATENATED, "is several gzip members, one after the other; pack it again");
    }
    if (first >= 0) {
      throw FaultyArchive.whole(
          ARCHIVE_TRAILING_DATA, "goes on after the end of its gzip; pack it again");
    }
  }

  private int headerByte() throws IOException {
    int value = next();
    checksum.update(value);
    return value;
  }

  private void skipHeaderBytes(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      headerByte();
    }
  }

  private long littleEndian(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << (8 * i);
    }
    return value;
  }

  private int next() throws IOException {
    int value = nextOrEnd();
    if (value < 0) {
      throw truncated();
    }
    return value;
  }

  private int nextOrEnd() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xff : -1;
  }

  /** Replaces the buffer, all of which was used, by what comes next; false at the end. */
  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, source.read(buffer));
    received += limit;
    if (received > maxBytes) {
      throw FaultyArchive.whole(
          ARCHIVE_TOO_LARGE, "has more than " + maxBytes + " bytes; make it smaller");
    }
    return limit > 0;
  }

  private static FaultyArchive notGzip() {
    return FaultyArchive.whole(ARCHIVE_NOT_GZIP, "does not begin as gzip does; send a .tar.gz");
  }

  private static FaultyArchive truncated() {
    return FaultyArchive.whole(
        ARCHIVE_TRUNCATED, "breaks off within its compressed data; pack and send it again");
  }

  private static FaultyArchive corrupt() {
    return corrupt(null);
  }

  private static FaultyArchive corrupt(DataFormatException cause) {
    return FaultyArchive.whole(
        ARCHIVE_TRUNCATED, "has corrupt compressed data; pack and send it again", cause);
  }
}
