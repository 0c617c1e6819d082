package org.mdlibs.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.archive.RawTar.utf8;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.problem.ProblemType;

/** Archives that would grow without bound: what is read of them, and kept of that, does not. */
class BombsTest {
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
  private static final int MEBIBYTE = 1 << 20;
  private static final int ZEROS = 10 << 10; // mebibytes
  private static final int ENTRIES = 1_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void ten_gigabytes_of_zeros_after_the_end_of_the_tar_stop_at_the_limit() throws IOException {
    byte[] tar = new RawTar().file("a.md", "").tar();
    byte[] zeros = deflated(new byte[MEBIBYTE]);
    var bomb = new Parts(ZEROS, i -> i == 0 ? deflated(tar) : zeros);
    assertRefused(bomb, ProblemType.ARCHIVE_UNPACKED_TOO_LARGE);
    assertThat(bomb.given).isBetween(500, 700);
  }

  @Test
  void a_file_of_ten_gigabytes_is_refused_by_its_header() throws IOException {
    // More than octal digits hold: the binary number of GNU and star.
    byte[] size = ByteBuffer.allocate(12).put((byte) 0x80).putLong(4, (long) ZEROS << 20).array();
    byte[] tar = new RawTar().header(utf8("a.md"), '0', size).open();
    byte[] zeros = deflated(new byte[MEBIBYTE]);
    var bomb = new Parts(ZEROS, i -> i == 0 ? deflated(tar) : zeros);
    assertRefused(bomb, ProblemType.ARCHIVE_FILE_TOO_LARGE);
    assertThat(bomb.given).isLessThan(100);
  }

  @Test
  void a_million_files_stop_at_the_limit() throws IOException {
    var bomb = new Parts(ENTRIES, i -> deflated(new RawTar().file(i + ".md", "").open()));
    assertRefused(bomb, ProblemType.ARCHIVE_TOO_MANY_ENTRIES);
    assertThat(bomb.given).isBetween(10_001, 13_000);
  }

  @Test
  void a_million_faults_stop_at_a_hundred() throws IOException {
    byte[] link = deflated(new RawTar().header(utf8("a.md"), '2', 0).open());
    var bomb = new Parts(ENTRIES, i -> link);
    Inspection inspection = Archives.inspect(bomb, ArchiveLimits.DEFAULT);
    assertThat(inspection.faults()).hasSize(100);
    assertThat(bomb.given).isLessThan(10_000);
  }

  /** Refused with that alone, and with less in the heap than a bomb would put there. */
  private static void assertRefused(Parts bomb, ProblemType type) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Inspection inspection = Archives.inspect(bomb, ArchiveLimits.DEFAULT);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before - bomb.allocated;
    assertThat(inspection.faults()).extracting(ArchiveFault::type).containsExactly(type);
    assertThat(allocated).isLessThan(32L << 20);
  }

  /** A piece of deflated data that others may follow, whatever they are. */
  private static byte[] deflated(byte[] bytes) {
    var deflater = new Deflater(Deflater.BEST_SPEED, true);
    deflater.setInput(bytes);
    var out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    for (int count = -1; count != 0; ) {
      count = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
      out.write(buffer, 0, count);
    }
    deflater.end();
    return out.toByteArray();
  }

  /** A gzip that is made while it is read, piece by piece. */
  private static final class Parts extends InputStream {
    private final int count;
    private final IntFunction<byte[]> part;
    private byte[] current = GZIP_HEADER;
    private int position;
    private int given;
    private long allocated;

    Parts(int count, IntFunction<byte[]> part) {
      this.count = count;
      this.part = part;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      while (position == current.length && given < count) {
        current = part.apply(given++);
        position = 0;
      }
      byte[] piece =
          Arrays.copyOfRange(current, position, Math.min(current.length, position + length));
      System.arraycopy(piece, 0, target, offset, piece.length);
      position += piece.length;
      allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
      return piece.length == 0 ? -1 : piece.length;
    }
  }
}
