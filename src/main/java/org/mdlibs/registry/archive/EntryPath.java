package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_PATH_ABSOLUTE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_PATH_BACKSLASH;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_PATH_CHARACTER;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_PATH_DOT_OR_SPACE_END;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_PATH_DRIVE;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_PATH_EMPTY_SEGMENT;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_PATH_NOT_UTF8;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_PATH_NUL;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_PATH_TOO_LONG;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_PATH_TRAVERSAL;
import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_PATH_WINDOWS_DEVICE;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.mdlibs.registry.problem.ProblemType;

/**
 * The path of an entry, after it was found to be safe: relative, below the folder into which it is
 * unpacked, and a name that Linux, macOS and Windows all can hold.
 *
 * <p>The rule: UTF-8; at most 1,024 bytes, each segment at most 255; segments are parted by one
 * {@code /}; one {@code ./} may lead, as {@code tar czf x.tgz .} writes it, and one {@code /} ends
 * the path of a folder. No segment is empty, {@code .} or {@code ..}, ends with a dot or space, or
 * is a device of Windows ({@code CON}, {@code nul.md}). No character is a control character, a line
 * separator, an embedding or override of the writing direction, or one of {@code \ < > : " | ? *}.
 * Each rule has a problem of its own.
 *
 * @param segments the folders and at last the name; empty for the root itself
 */
record EntryPath(List<String> segments) {
  private static final int MAX_BYTES = 1_024;
  private static final int MAX_SEGMENT_BYTES = 255;
  private static final int MAX_SHOWN = 200;

  /**
   * Naming Files, Paths, and Namespaces, in Microsoft's documentation of Windows: reserved with any
   * extension and with spaces before it; the superscript digits count as digits.
   */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?:CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(?:\\..*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  /**
   * Reads the name of an entry.
   *
   * @param name the bytes that the archive holds
   * @param folder whether the entry is a folder
   * @throws FaultyArchive one of the {@code ARCHIVE_PATH_…} types
   */
  static EntryPath of(byte[] name, boolean folder) {
    String text = decode(name);
    if (name.length > MAX_BYTES) {
      throw fault(ARCHIVE_PATH_TOO_LONG, name, "is longer than " + MAX_BYTES + " bytes");
    }
    if (folder && (text.equals(".") || text.equals("./"))) {
      return new EntryPath(List.of());
    }
    if (text.startsWith("/")) {
      throw fault(
          ARCHIVE_PATH_ABSOLUTE,
          name,
          "is absolute; only paths below the archive's root are taken");
    }
    if (text.indexOf(0) >= 0) {
      throw fault(ARCHIVE_PATH_NUL, name, "has a NUL in it");
    }
    if (text.indexOf('\\') >= 0) {
      throw fault(ARCHIVE_PATH_BACKSLASH, name, "has a backslash; segments are parted by '/'");
    }
    text = text.startsWith("./") ? text.substring(2) : text;
    if (DRIVE.matcher(text).matches()) {
      throw fault(ARCHIVE_PATH_DRIVE, name, "begins with the letter of a drive");
    }
    text = folder && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    List<String> segments = List.of(text.split("/", -1));
    for (String segment : segments) {
      check(segment, name);
    }
    return new EntryPath(segments);
  }

  /** The path of an entry for a message: escaped, at most 200 characters of it. */
  static String show(byte[] name) {
    var shown = new StringBuilder();
    new String(name, 0, Math.min(name.length, 4 * MAX_SHOWN + 4), StandardCharsets.UTF_8)
        .codePoints()
        .limit(MAX_SHOWN + 1L)
        .forEach(
            c -> {
              if (isInvisible(c) || c == '\\' || c == '\'') {
                shown.append(c < 256 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    if (shown.length() > MAX_SHOWN) {
      shown.setLength(MAX_SHOWN);
      shown.append('…');
    }
    return shown.toString();
  }

  /** This path for a message. */
  String show() {
    return show(toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The last segment; empty for the root itself. */
  String name() {
    return segments.isEmpty() ? "" : segments.get(segments.size() - 1);
  }

  /** Whether a folder of the path or its name is this one, for a file system that ignores case. */
  boolean hasSegment(String name) {
    // Most segments are told apart by their first letter; folding takes time.
    return segments.stream()
        .anyMatch(s -> s.charAt(0) == name.charAt(0) && fold(s).equals(fold(name)));
  }

  /** What a file system that ignores case and normalisation takes for a name's identity. */
  static String fold(String name) {
    String composed = compose(name);
    return compose(composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
  }

  /** The name in Unicode's normal form C. */
  static String compose(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** Whether a name is one of markdown: {@code .md} or {@code .markdown}, in any case. */
  static boolean isMarkdown(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".md") || lower.endsWith(".markdown");
  }

  /** The path as an archive has it, without a leading {@code ./}; a dot for the root itself. */
  @Override
  public String toString() {
    return segments.isEmpty() ? "." : String.join("/", segments);
  }

  private static String decode(byte[] name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      throw fault(ARCHIVE_PATH_NOT_UTF8, name, "is not UTF-8");
    }
  }

  private static void check(String segment, byte[] name) {
    if (segment.equals("..")) {
      throw fault(ARCHIVE_PATH_TRAVERSAL, name, "has a '..' segment");
    }
    if (segment.isEmpty() || segment.equals(".")) {
      throw fault(ARCHIVE_PATH_EMPTY_SEGMENT, name, "has an empty or '.' segment");
    }
    if (segment.endsWith(".") || segment.endsWith(" ")) {
      throw fault(
          ARCHIVE_PATH_DOT_OR_SPACE_END, name, "has a segment that ends with a dot or space");
    }
    if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
      throw fault(
          ARCHIVE_PATH_TOO_LONG,
          name,
          "has a segment of more than " + MAX_SEGMENT_BYTES + " bytes");
    }
    if (DEVICE.matcher(segment).matches()) {
      throw fault(
          ARCHIVE_PATH_WINDOWS_DEVICE, name, "has a segment that Windows reserves for a device");
    }
    if (segment.codePoints().anyMatch(EntryPath::isForbidden)) {
      throw fault(ARCHIVE_PATH_CHARACTER, name, "has a control character or one of < > : \" | ? *");
    }
  }

  private static boolean isForbidden(int c) {
    return isInvisible(c) || "<>:\"|?*".indexOf(c) >= 0;
  }

  /** Whether a character could make what a person or a terminal shows differ from what is there. */
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    };
  }

  private static FaultyArchive fault(ProblemType type, byte[] name, String rule) {
    return FaultyArchive.entry(type, show(name), rule);
  }
}
