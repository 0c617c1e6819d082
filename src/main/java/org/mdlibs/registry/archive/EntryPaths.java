package org.mdlibs.registry.archive;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * The paths of one archive, each checked by itself and against all others, so that the archive
 * unpacks to the same tree on every operating system.
 *
 * <p>A path is relative, of segments joined by {@code /}; a single leading {@code ./} is dropped,
 * as {@code tar czf x.tar.gz .} writes it. No segment is empty, {@code .} or {@code ..}, ends in a
 * dot or space, holds a control character or one of {@code < > : " | ? * \}, or is a device name of
 * Windows. At most {@value #MAX_SEGMENT_BYTES} bytes a segment, {@value #MAX_PATH_BYTES} bytes and
 * {@value #MAX_DEPTH} segments a path. Two paths that differ by case or Unicode normalisation alone
 * collide.
 */
final class EntryPaths {
  private static final int MAX_SEGMENT_BYTES = 255;
  private static final int MAX_PATH_BYTES = 512;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_SHOWN = 200;
  private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\uFFFD<>:\"|?*\\\\]");
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?:CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3])(?:\\..*)?",
          Pattern.CASE_INSENSITIVE);

  private final Node root = new Node("", false);

  /** A segment as it was first spelled; a file has no children. */
  private static final class Node {
    private final String spelling;
    private final boolean isFile;
    private final Map<String, Node> children = new HashMap<>(4);

    Node(String spelling, boolean isFile) {
      this.spelling = spelling;
      this.isFile = isFile;
    }
  }

  /**
   * Takes in the path of an entry.
   *
   * @return the path without a leading {@code ./} and a trailing slash; empty for the root itself
   * @throws ProblemException {@link ProblemType#ARCHIVE_UNSAFE_PATH}, {@link
   *     ProblemType#ARCHIVE_DUPLICATE_PATH}
   */
  String add(String name, boolean isFolder) {
    String path = name.startsWith("./") ? name.substring(2) : name;
    if (isFolder && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (isFolder && (path.isEmpty() || path.equals("."))) {
      return "";
    }
    String[] segments = path.split("/", -1);
    check(name, path, segments);
    Node node = root;
    for (int i = 0; i < segments.length; i++) {
      boolean isFile = !isFolder && i == segments.length - 1;
      String key = fold(segments[i]);
      Node child = node.children.get(key);
      if (child == null) {
        child = new Node(segments[i], isFile);
        node.children.put(key, child);
      } else if (isFile || child.isFile || !child.spelling.equals(segments[i])) {
        throw new ProblemException(
            ProblemType.ARCHIVE_DUPLICATE_PATH,
            "Rename the entry '%s': another has the same path, perhaps in other case."
                .formatted(shown(name)));
      }
      node = child;
    }
    return path;
  }

  private static String fold(String segment) {
    String upper = Normalizer.normalize(segment, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  private static void check(String name, String path, String[] segments) {
    if (path.length() > MAX_PATH_BYTES || bytes(path) > MAX_PATH_BYTES) {
      throw unsafe(name, "is longer than " + MAX_PATH_BYTES + " bytes");
    }
    if (segments.length > MAX_DEPTH) {
      throw unsafe(name, "is deeper than " + MAX_DEPTH + " folders");
    }
    if (path.startsWith("/")) {
      throw unsafe(name, "is absolute");
    }
    if (FORBIDDEN.matcher(path).find()) {
      throw unsafe(name, "has a character that some file systems refuse");
    }
    for (String segment : segments) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw unsafe(name, "has an empty, '.' or '..' segment");
      }
      if (segment.endsWith(".") || segment.endsWith(" ")) {
        throw unsafe(name, "has a segment that ends in a dot or space");
      }
      if (bytes(segment) > MAX_SEGMENT_BYTES) {
        throw unsafe(name, "has a segment longer than " + MAX_SEGMENT_BYTES + " bytes");
      }
      if (DEVICE.matcher(segment).matches()) {
        throw unsafe(name, "has the name of a device");
      }
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static ProblemException unsafe(String name, String fault) {
    return new ProblemException(
        ProblemType.ARCHIVE_UNSAFE_PATH,
        "Rename the entry '%s': its path %s.".formatted(shown(name), fault));
  }

  /** A name of the archive as it may be shown: short, and without control characters. */
  static String shown(String name) {
    String start = name.length() > MAX_SHOWN ? name.substring(0, MAX_SHOWN) + "…" : name;
    return start.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "?");
  }
}
