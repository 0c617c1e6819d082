package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_TRUNCATED;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The records of an extended header: {@code "%d %s=%s\n"} of length, keyword and value, the length
 * being that of the whole record (IEEE Std 1003.1, pax, "pax Extended Header").
 */
final class PaxRecords {
  private static final int MAX_LENGTH_DIGITS = 9;

  private PaxRecords() {}

  /**
   * Reads the records that say what an entry is; those of times, owners and attributes are passed
   * over.
   *
   * @return the values by keyword: {@code path}, {@code size}, and those of sparse files
   * @throws FaultyArchive {@code ARCHIVE_TRUNCATED} when a record breaks the form, or one of those
   *     keywords comes twice
   */
  static Map<String, byte[]> parse(byte[] body) {
    var records = new HashMap<String, byte[]>();
    int start = 0;
    while (start < body.length) {
      int space = indexOf(body, ' ', start, Math.min(body.length, start + MAX_LENGTH_DIGITS + 1));
      int end = start + length(body, start, space);
      if (end > body.length || end <= space + 1 || body[end - 1] != '\n') {
        throw malformed();
      }
      int equals = indexOf(body, '=', space + 1, end);
      String keyword = new String(body, space + 1, equals - space - 1, StandardCharsets.UTF_8);
      if ((keyword.equals("path") || keyword.equals("size") || isOfSparseFile(keyword))
          && records.put(keyword, Arrays.copyOfRange(body, equals + 1, end - 1)) != null) {
        throw malformed();
      }
      start = end;
    }
    return records;
  }

  /** Whether a keyword makes its entry a sparse file, for GNU tar or for star. */
  static boolean isOfSparseFile(String keyword) {
    return keyword.startsWith("GNU.sparse.") || keyword.equals("SCHILY.realsize");
  }

  private static int length(byte[] body, int start, int space) {
    int length = 0;
    for (int i = start; i < space; i++) {
      if (body[i] < '0' || body[i] > '9') {
        throw malformed();
      }
      length = 10 * length + body[i] - '0';
    }
    return length;
  }

  private static int indexOf(byte[] body, char wanted, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] == wanted) {
        return i;
      }
    }
    throw malformed();
  }

  private static FaultyArchive malformed() {
    return FaultyArchive.whole(
        ARCHIVE_TRUNCATED, "has a corrupt extended header; pack and send it again");
  }
}
