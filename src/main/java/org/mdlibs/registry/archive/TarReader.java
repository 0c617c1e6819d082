package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_AMBIGUOUS_NAME;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_AMBIGUOUS_SIZE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_FILE_TOO_LARGE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_HEADER_TOO_LARGE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_NESTED_GZIP;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_NOT_TAR;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_NO_END_MARKER;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_SPARSE_FILE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TRAILING_DATA;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TRUNCATED;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Reads a tar of files and folders: ustar and what POSIX (pax, IEEE Std 1003.1) and GNU add for
 * long names, as tar, bsdtar, git archive, Go, Python and npm write it.
 *
 * <p>Archives exist that one reader takes for something else than another does, and that grow in
 * the heap or the stack of a lenient one (commons-compress recurses for every extended header and
 * holds a long name of any size). So the blocks are walked here, one after the other, with the
 * numbers of a header decoded by commons-compress, and whatever is ambiguous is refused: entries
 * that are neither file nor folder; folders with data; a size in an extended header that is not the
 * header's; two names for one entry; names and sizes for all entries ({@code g} headers may carry
 * no more than comments); extended headers of more than 1 MiB; anything but zeros after the two
 * zero blocks that end a tar.
 *
 * <p>Every fault of the data is a {@link FaultyArchive}; when that does not end the reading, {@link
 * #next} goes on behind the entry at fault. An {@link IOException} is always the source's own.
 */
final class TarReader {
  private static final int MAX_EXTENSION_BYTES = 1 << 20;

  private final TarBlocks blocks;
  private final ArchiveLimits limits;
  private final byte[] block = new byte[TarBlocks.SIZE];
  private final TarHeader header = new TarHeader(block);
  private long headers;
  private long unread;
  private int padding;

  /**
   * An entry.
   *
   * @param name its path as the archive has it; not found to be safe yet
   * @param folder whether it is a folder, else it is a file
   * @param size bytes of the file, 0 for a folder
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(byte[] name, boolean folder, long size) {}

  /** Reads the tar that a stream holds, to the stream's end; never closes it. */
  TarReader(InputStream in, ArchiveLimits limits) {
    this.blocks = new TarBlocks(in, limits.maxUnpackedBytes());
    this.limits = limits;
  }

  /**
   * Goes to the next entry; what was not read of the one before is passed over.
   *
   * @return the entry, or empty after the last, when also the rest of the stream was read and found
   *     to be nothing but padding
   */
  Optional<Entry> next() throws IOException {
    blocks.skip(unread + padding);
    unread = 0;
    padding = 0;
    Map<String, byte[]> extension = null;
    byte[] longName = null;
    while (readHeader()) {
      char type = header.type();
      switch (type) {
        case TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER -> {
          refuseGlobal(PaxRecords.parse(readExtension()));
          if (longName != null || extension != null) {
            throw twoNames("is an extended header that its entry does not follow");
          }
        }
        case TarConstants.LF_PAX_EXTENDED_HEADER_LC -> {
          Map<String, byte[]> records = PaxRecords.parse(readExtension());
          if (extension != null) {
            throw twoNames("is a second extended header of one entry");
          }
          extension = records;
        }
        case TarConstants.LF_GNUTYPE_LONGNAME -> {
          byte[] name = withoutFinalZeros(readExtension());
          if (longName != null) {
            throw twoNames("is a second long name of one entry");
          }
          longName = name;
        }
        default -> {
          return Optional.of(entry(longName, extension == null ? Map.of() : extension));
        }
      }
    }
    if (longName != null || extension != null) {
      throw TarBlocks.breaksOff("after an extended header");
    }
    readPadding();
    return Optional.empty();
  }

  /**
   * Reads of the current file.
   *
   * @return number of bytes, or -1 at the end of the file
   */
  int read(byte[] target) throws IOException {
    if (unread == 0) {
      return -1;
    }
    int count = blocks.read(target, 0, (int) Math.min(target.length, unread));
    if (count < 0) {
      throw TarBlocks.breaksOff("within a file");
    }
    unread -= count;
    return count;
  }

  private Entry entry(byte[] longName, Map<String, byte[]> extension) {
    byte[] path = extension.get("path");
    byte[] name = path != null ? path : longName != null ? longName : header.name();
    String shown = EntryPath.show(name);
    // Before POSIX a folder was a file whose name ended with a slash.
    char type = header.type();
    boolean old = type == TarConstants.LF_OLDNORM;
    boolean folder =
        type == TarConstants.LF_DIR || (old && name.length > 0 && name[name.length - 1] == '/');
    if (!folder && !old && type != TarConstants.LF_NORMAL) {
      if (!header.endsForEveryReader()) {
        throw FaultyArchive.lastEntry(header.problem(), shown, header.kind());
      }
      pass(header.size());
      throw FaultyArchive.entry(header.problem(), shown, header.kind());
    }
    long size = header.size();
    byte[] otherSize = extension.get("size");
    boolean sparse = extension.keySet().stream().anyMatch(PaxRecords::isOfSparseFile);
    if (otherSize != null
        && !new String(otherSize, StandardCharsets.US_ASCII).equals(Long.toString(size))) {
      throw sparse
          ? FaultyArchive.lastEntry(ARCHIVE_SPARSE_FILE, shown, "is a sparse file")
          : FaultyArchive.lastEntry(ARCHIVE_AMBIGUOUS_SIZE, shown, "has two sizes");
    }
    if (folder && size > 0) {
      throw FaultyArchive.lastEntry(ARCHIVE_AMBIGUOUS_SIZE, shown, "is a folder that has data");
    }
    if (size > limits.maxFileBytes()) {
      throw tooLarge(shown, size);
    }
    if (size > blocks.left()) {
      throw blocks.tooMuch();
    }
    pass(size);
    if (sparse) {
      throw FaultyArchive.entry(ARCHIVE_SPARSE_FILE, shown, "is a sparse file");
    }
    if (path != null && longName != null) {
      throw FaultyArchive.entry(ARCHIVE_AMBIGUOUS_NAME, shown, "has two long names");
    }
    return new Entry(name, folder, size);
  }

  /** Has the next call of {@link #next} begin behind the data of the current entry. */
  private void pass(long size) {
    unread = size;
    padding = TarBlocks.padding(size);
  }

  private FaultyArchive tooLarge(String shown, long size) {
    String message =
        "has %d bytes; a file may have at most %d".formatted(size, limits.maxFileBytes());
    if (size > blocks.left()) {
      return FaultyArchive.lastEntry(ARCHIVE_FILE_TOO_LARGE, shown, message);
    }
    pass(size);
    return FaultyArchive.entry(ARCHIVE_FILE_TOO_LARGE, shown, message);
  }

  /** Global headers may carry comments, as those of git do, and nothing that makes an entry. */
  private void refuseGlobal(Map<String, byte[]> global) {
    if (global.containsKey("path")) {
      throw twoNames("is an extended header that gives all entries a path");
    }
    if (!global.isEmpty()) {
      throw FaultyArchive.lastEntry(
          ARCHIVE_AMBIGUOUS_SIZE,
          EntryPath.show(header.name()),
          "is an extended header that gives all entries a size");
    }
  }

  private FaultyArchive twoNames(String message) {
    return FaultyArchive.entry(ARCHIVE_AMBIGUOUS_NAME, EntryPath.show(header.name()), message);
  }

  /** Reads a header into the block; false when it is the first of the two zero blocks. */
  private boolean readHeader() throws IOException {
    int count = blocks.readFully(block);
    if (count < block.length) {
      throw headers == 0
          ? notTar(count)
          : count == 0 ? noEndMarker() : TarBlocks.breaksOff("within a header");
    }
    if (header.isZero()) {
      return false;
    }
    if (!header.hasItsChecksum()) {
      throw headers == 0
          ? notTar(count)
          : FaultyArchive.whole(
              ARCHIVE_TRUNCATED, "has a header with a wrong checksum; pack and send it again");
    }
    headers++;
    return true;
  }

  private byte[] readExtension() throws IOException {
    long size = header.size();
    if (size > MAX_EXTENSION_BYTES) {
      throw FaultyArchive.lastEntry(
          ARCHIVE_HEADER_TOO_LARGE,
          EntryPath.show(header.name()),
          "is an extended header of more than " + MAX_EXTENSION_BYTES + " bytes");
    }
    byte[] body = new byte[(int) size];
    if (blocks.readFully(body) < body.length) {
      throw TarBlocks.breaksOff("within an extended header");
    }
    blocks.skip(TarBlocks.padding(size));
    return body;
  }

  /** Reads the second zero block and the zeros that may follow it. */
  private void readPadding() throws IOException {
    int count = blocks.readFully(block);
    boolean zero = TarBlocks.isZero(block, count);
    if (count < block.length && zero) {
      throw noEndMarker();
    }
    if (!zero || !blocks.onlyZerosFollow()) {
      throw FaultyArchive.whole(
          ARCHIVE_TRAILING_DATA, "has more data after the end of its tar; pack it again");
    }
  }

  private static byte[] withoutFinalZeros(byte[] name) {
    int end = name.length;
    while (end > 0 && name[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOf(name, end);
  }

  private FaultyArchive notTar(int count) {
    if (count > 1
        && (block[0] & 0xff) == GzipMember.FIRST_MAGIC
        && (block[1] & 0xff) == GzipMember.SECOND_MAGIC) {
      return FaultyArchive.whole(
          ARCHIVE_NESTED_GZIP, "is a gzip in a gzip; compress the tar only once");
    }
    return FaultyArchive.whole(
        ARCHIVE_NOT_TAR, "is a gzip that holds no tar; send a .tar.gz of the library's folder");
  }

  private static FaultyArchive noEndMarker() {
    return FaultyArchive.whole(
        ARCHIVE_NO_END_MARKER,
        "ends without the two zero blocks that end a tar; pack and send it again");
  }
}
