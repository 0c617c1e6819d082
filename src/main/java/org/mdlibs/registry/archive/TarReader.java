package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_FILE_TOO_LARGE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_NOT_TAR;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TRAILING_DATA;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TRUNCATED;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_UNPACKED_TOO_LARGE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_UNSAFE_ENTRY;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.mdlibs.registry.problem.ProblemException;

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
 * <p>Every fault of the data is a {@link ProblemException}; an {@link IOException} is always the
 * source's own.
 */
final class TarReader {
  private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;
  private static final int MAX_EXTENSION_BYTES = 1 << 20;

  private final InputStream in;
  private final ArchiveLimits limits;
  private final byte[] block = new byte[BLOCK];
  private final TarHeader header = new TarHeader(block);
  private final byte[] passedOver = new byte[1 << 16];
  private long total;
  private long headers;
  private long unread;
  private int padding;

  /**
   * An entry.
   *
   * @param path its path, safe
   * @param folder whether it is a folder, else it is a file
   * @param size bytes of the file, 0 for a folder
   */
  record Entry(EntryPath path, boolean folder, long size) {}

  /** Reads the tar that a stream holds, to the stream's end; never closes it. */
  TarReader(InputStream in, ArchiveLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  /**
   * Goes to the next entry; what was not read of the one before is passed over.
   *
   * @return the entry, or empty after the last, when also the rest of the stream was read and found
   *     to be nothing but padding
   */
  Optional<Entry> next() throws IOException {
    skip(unread + padding);
    unread = 0;
    padding = 0;
    Map<String, byte[]> extension = null;
    byte[] longName = null;
    while (readHeader()) {
      char type = header.type();
      switch (type) {
        case TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER -> {
          Map<String, byte[]> global = PaxRecords.parse(readExtension());
          if (!global.isEmpty()) {
            throw unsafe("An extended header gives all entries a path or size");
          }
          if (longName != null || extension != null) {
            throw unsafe("An extended header is not followed by its entry");
          }
        }
        case TarConstants.LF_PAX_EXTENDED_HEADER_LC -> {
          if (extension != null) {
            throw unsafe("An entry has two extended headers");
          }
          extension = PaxRecords.parse(readExtension());
        }
        case TarConstants.LF_GNUTYPE_LONGNAME -> {
          if (longName != null) {
            throw unsafe("An entry has two long names");
          }
          longName = withoutFinalZeros(readExtension());
        }
        default -> {
          return Optional.of(entry(type, longName, extension == null ? Map.of() : extension));
        }
      }
    }
    if (longName != null || extension != null) {
      throw corrupt("breaks off after an extended header");
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
    int count = readSome(target, 0, (int) Math.min(target.length, unread));
    if (count < 0) {
      throw corrupt("breaks off within a file");
    }
    unread -= count;
    return count;
  }

  private Entry entry(char type, byte[] longName, Map<String, byte[]> extension) {
    byte[] path = extension.get("path");
    if (path != null && longName != null) {
      throw unsafe("An entry has two long names");
    }
    byte[] name = path != null ? path : longName != null ? longName : header.name();
    String quoted = EntryPath.quote(name);
    // Before POSIX a folder was a file whose name ended with a slash.
    boolean old = type == TarConstants.LF_OLDNORM;
    boolean folder =
        type == TarConstants.LF_DIR || (old && name.length > 0 && name[name.length - 1] == '/');
    if (!folder && !old && type != TarConstants.LF_NORMAL) {
      throw unsafe("Entry " + quoted + " is " + header.kind());
    }
    if (extension.keySet().stream().anyMatch(PaxRecords::isOfSparseFile)) {
      throw unsafe("Entry " + quoted + " is a sparse file");
    }
    long size = header.size();
    byte[] otherSize = extension.get("size");
    if (otherSize != null
        && !new String(otherSize, StandardCharsets.US_ASCII).equals(Long.toString(size))) {
      throw unsafe("Entry " + quoted + " has two sizes");
    }
    if (folder && size > 0) {
      throw unsafe("Entry " + quoted + " is a folder that has data");
    }
    if (size > limits.maxFileBytes()) {
      throw new ProblemException(
          ARCHIVE_FILE_TOO_LARGE,
          "Entry %s has %d bytes; a file may have at most %d."
              .formatted(quoted, size, limits.maxFileBytes()));
    }
    if (size > limits.maxUnpackedBytes() - total) {
      throw unpacksToTooMuch();
    }
    unread = size;
    padding = padding(size);
    return new Entry(EntryPath.of(name, folder), folder, size);
  }

  /** Reads a header into the block; false when it is the first of the two zero blocks. */
  private boolean readHeader() throws IOException {
    int count = readFully(block);
    if (count < BLOCK) {
      throw headers == 0
          ? notTar()
          : corrupt("breaks off before the two zero blocks that end a tar");
    }
    if (header.isZero()) {
      return false;
    }
    if (!header.hasItsChecksum()) {
      throw headers == 0 ? notTar() : corrupt("has a header with a wrong checksum");
    }
    headers++;
    return true;
  }

  private byte[] readExtension() throws IOException {
    long size = header.size();
    if (size > MAX_EXTENSION_BYTES) {
      throw unsafe("An extended header has more than " + MAX_EXTENSION_BYTES + " bytes");
    }
    byte[] body = new byte[(int) size];
    if (readFully(body) < body.length) {
      throw corrupt("breaks off within an extended header");
    }
    skip(padding(size));
    return body;
  }

  /** Reads the second zero block and the zeros that may follow it. */
  private void readPadding() throws IOException {
    int count = readFully(block);
    if (count < BLOCK && isZero(block, count)) {
      throw corrupt("ends with one zero block, not two");
    }
    boolean zero = isZero(block, count);
    while (zero && (count = readSome(passedOver, 0, passedOver.length)) >= 0) {
      zero = isZero(passedOver, count);
    }
    if (!zero) {
      throw new ProblemException(
          ARCHIVE_TRAILING_DATA, "After the end of the tar more data follows; pack it again.");
    }
  }

  private void skip(long count) throws IOException {
    long left = count;
    while (left > 0) {
      int read = readSome(passedOver, 0, (int) Math.min(left, passedOver.length));
      if (read < 0) {
        throw corrupt("breaks off within a file");
      }
      left -= read;
    }
  }

  private int readFully(byte[] target) throws IOException {
    int count = 0;
    while (count < target.length) {
      int read = readSome(target, count, target.length - count);
      if (read < 0) {
        break;
      }
      count += read;
    }
    return count;
  }

  /** The one place where bytes come in, so that each of them counts against the limit. */
  private int readSome(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    total += Math.max(0, count);
    if (total > limits.maxUnpackedBytes()) {
      throw unpacksToTooMuch();
    }
    return count;
  }

  private static byte[] withoutFinalZeros(byte[] name) {
    int end = name.length;
    while (end > 0 && name[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOf(name, end);
  }

  private static int padding(long size) {
    return (int) (-size & (BLOCK - 1));
  }

  private static boolean isZero(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static ProblemException unsafe(String fault) {
    return new ProblemException(
        ARCHIVE_UNSAFE_ENTRY, fault + "; only plain files and folders are taken.");
  }

  private static ProblemException notTar() {
    return new ProblemException(
        ARCHIVE_NOT_TAR, "The gzip does not hold a tar; send a .tar.gz of the library's folder.");
  }

  private static ProblemException corrupt(String fault) {
    return new ProblemException(
        ARCHIVE_TRUNCATED, "The tar " + fault + "; pack and send it again.");
  }

  private ProblemException unpacksToTooMuch() {
    return new ProblemException(
        ARCHIVE_UNPACKED_TOO_LARGE,
        "The archive unpacks to more than "
            + limits.maxUnpackedBytes()
            + " bytes; split the library.");
  }
}
