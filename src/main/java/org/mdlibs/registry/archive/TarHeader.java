package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_DEVICE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_FIFO;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_HARD_LINK;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_INVALID_SIZE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_SPARSE_FILE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_SYMBOLIC_LINK;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_UNKNOWN_ENTRY;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.mdlibs.registry.problem.ProblemType;

/** The header block of an entry (IEEE Std 1003.1, pax, "ustar Interchange Format"). */
final class TarHeader {
  private static final int SIZE_OFFSET = 124;
  private static final int SIZE_LENGTH = TarConstants.SIZELEN;
  private static final int TYPE_OFFSET = 156;
  private static final int PREFIX_OFFSET = 345;

  private final byte[] block;

  /** Reads the fields of whatever header is in the block when they are asked for. */
  TarHeader(byte[] block) {
    this.block = block;
  }

  /** The type flag. */
  char type() {
    return (char) (block[TYPE_OFFSET] & 0xff);
  }

  /** What an entry is that is neither file nor folder, for a message. */
  String kind() {
    return switch (type()) {
      case TarConstants.LF_LINK -> "is a hard link";
      case TarConstants.LF_SYMLINK -> "is a symbolic link";
      case TarConstants.LF_GNUTYPE_LONGLINK -> "is the target of a link";
      case TarConstants.LF_CHR, TarConstants.LF_BLK -> "is a device";
      case TarConstants.LF_FIFO -> "is a FIFO";
      case TarConstants.LF_GNUTYPE_SPARSE -> "is a sparse file";
      default -> "is of the unknown type 0x" + Integer.toHexString(type());
    };
  }

  /** The problem of an entry that is neither file nor folder. */
  ProblemType problem() {
    return switch (type()) {
      case TarConstants.LF_LINK -> ARCHIVE_HARD_LINK;
      case TarConstants.LF_SYMLINK, TarConstants.LF_GNUTYPE_LONGLINK -> ARCHIVE_SYMBOLIC_LINK;
      case TarConstants.LF_CHR, TarConstants.LF_BLK -> ARCHIVE_DEVICE;
      case TarConstants.LF_FIFO -> ARCHIVE_FIFO;
      case TarConstants.LF_GNUTYPE_SPARSE -> ARCHIVE_SPARSE_FILE;
      default -> ARCHIVE_UNKNOWN_ENTRY;
    };
  }

  /**
   * Whether all readers agree where an entry that is neither file nor folder ends: they do not when
   * its header has a size, which some pass over for a link, and never for an unknown type.
   */
  boolean endsForEveryReader() {
    return switch (type()) {
      case TarConstants.LF_LINK,
          TarConstants.LF_SYMLINK,
          TarConstants.LF_CHR,
          TarConstants.LF_BLK,
          TarConstants.LF_FIFO ->
          size() == 0;
      case TarConstants.LF_GNUTYPE_LONGLINK -> true;
      default -> false;
    };
  }

  /** Whether the sum in the header, of signed or unsigned bytes, is that of its bytes. */
  boolean hasItsChecksum() {
    try {
      return TarUtils.verifyCheckSum(block);
    } catch (IllegalArgumentException e) {
      return false; // the field is no number
    }
  }

  /**
   * Bytes of data that follow the header.
   *
   * @throws FaultyArchive {@code ARCHIVE_INVALID_SIZE} when the field is no number or a negative
   *     one
   */
  long size() {
    long size = -1;
    // commons-compress ends a number at its first zero byte, others pass over those in front.
    if (block[SIZE_OFFSET] != 0 || isZero(SIZE_OFFSET, SIZE_LENGTH)) {
      try {
        size = TarUtils.parseOctalOrBinary(block, SIZE_OFFSET, SIZE_LENGTH);
      } catch (IllegalArgumentException e) {
        throw invalidSize();
      }
    }
    if (size < 0) {
      throw invalidSize();
    }
    return size;
  }

  /** The path, of which ustar may put a first part into a prefix. */
  byte[] name() {
    byte[] name = field(0, TarConstants.NAMELEN);
    byte[] prefix = isUstar() ? field(PREFIX_OFFSET, TarConstants.PREFIXLEN) : new byte[0];
    if (prefix.length == 0) {
      return name;
    }
    byte[] joined = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    joined[prefix.length] = '/';
    System.arraycopy(name, 0, joined, prefix.length + 1, name.length);
    return joined;
  }

  /** Whether the block is all zeros, as the two are that end a tar. */
  boolean isZero() {
    return isZero(0, block.length);
  }

  private boolean isZero(int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (block[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isUstar() {
    byte[] magic = TarConstants.MAGIC_POSIX.getBytes(StandardCharsets.US_ASCII);
    int start = TarConstants.MAGIC_OFFSET;
    return Arrays.equals(block, start, start + magic.length, magic, 0, magic.length);
  }

  /** The bytes before the first zero. */
  private byte[] field(int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, offset, end);
  }

  private FaultyArchive invalidSize() {
    return FaultyArchive.lastEntry(
        ARCHIVE_INVALID_SIZE,
        EntryPath.show(name()),
        "has an invalid size; pack and send it again");
  }
}
