package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.ARCHIVE_UNSAFE_PATH;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.mdlibs.registry.problem.ProblemException;

/**
 * The path of an entry, after it was found to be safe: relative, below the folder into which it is
 * unpacked, and a name that Linux, macOS and Windows all can hold.
 *
 * <p>The rule: UTF-8; at most 1,024 bytes, each segment at most 255; segments are parted by one
 * {@code /}; one {@code ./} may lead, as {@code tar czf x.tgz .} writes it, and one {@code /} ends
 * the path of a folder. No segment is empty, {@code .} or {@code ..}, ends with a dot or space, or
 * is a device of Windows ({@code CON}, {@code nul.md}). No character is a control character, a line
 * separator, an embedding or override of the writing direction, or one of {@code \ < > : " | ? *}.
 *
 * @param segments the folders and at last the name; empty for the root itself
 */
record EntryPath(List<String> segments) {
  private static final int MAX_BYTES = 1_024;
  private static final int MAX_SEGMENT_BYTES = 255;
  private static final int MAX_QUOTED = 200;

  /**
   * Naming Files, Paths, and Namespaces, in Microsoft's documentation of Windows: reserved with any
   * extension and with spaces before it; the superscript digits count as digits.
   */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?:CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(?:\\..*)?",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads the name of an entry.
   *
   * @param name the bytes that the archive holds
   * @param folder whether the entry is a folder
   * @throws ProblemException {@code ARCHIVE_UNSAFE_PATH} that names the entry and the rule
   */
  static EntryPath of(byte[] name, boolean folder) {
    String text = decode(name);
    if (name.length > MAX_BYTES) {
      throw unsafe(name, "is longer than " + MAX_BYTES + " bytes");
    }
    if (folder && (text.equals(".") || text.equals("./"))) {
      return new EntryPath(List.of());
    }
    if (text.startsWith("/")) {
      throw unsafe(name, "is absolute; only paths below the archive's root are taken");
    }
    text = text.startsWith("./") ? text.substring(2) : text;
    text = folder && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    List<String> segments = List.of(text.split("/", -1));
    for (String segment : segments) {
      check(segment, name);
    }
    return new EntryPath(segments);
  }

  /** The path of an entry for a message: escaped, quoted, at most 200 characters of it. */
  static String quote(byte[] name) {
    var quoted = new StringBuilder("'");
    new String(name, 0, Math.min(name.length, 4 * MAX_QUOTED + 4), StandardCharsets.UTF_8)
        .codePoints()
        .limit(MAX_QUOTED + 1L)
        .forEach(
            c -> {
              if (isInvisible(c) || c == '\\' || c == '\'') {
                quoted.append(c < 256 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    if (quoted.length() > MAX_QUOTED) {
      quoted.setLength(MAX_QUOTED);
      return quoted.append("…'").toString();
    }
    return quoted.append('\'').toString();
  }

  /** Whether the name is one of markdown: {@code .md} or {@code .markdown}, in any case. */
  boolean isMarkdown() {
    String name = toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".md") || name.endsWith(".markdown");
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
      throw new ProblemException(
          ARCHIVE_UNSAFE_PATH, "The path " + quote(name) + " is not UTF-8.", e);
    }
  }

  private static void check(String segment, byte[] name) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw unsafe(name, "has an empty, '.' or '..' segment");
    }
    if (segment.endsWith(".") || segment.endsWith(" ")) {
      throw unsafe(name, "has a segment that ends with a dot or space");
    }
    if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
      throw unsafe(name, "has a segment of more than " + MAX_SEGMENT_BYTES + " bytes");
    }
    if (DEVICE.matcher(segment).matches()) {
      throw unsafe(name, "has a segment that Windows reserves for a device");
    }
    if (segment.codePoints().anyMatch(EntryPath::isForbidden)) {
      throw unsafe(name, "has a control character or one of \\ < > : \" | ? *");
    }
  }

  private static boolean isForbidden(int c) {
    return isInvisible(c) || "\\<>:\"|?*".indexOf(c) >= 0;
  }

  /** Whether a character could make what a person or a terminal shows differ from what is there. */
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    };
  }

  private static ProblemException unsafe(byte[] name, String rule) {
    return new ProblemException(ARCHIVE_UNSAFE_PATH, "The path " + quote(name) + " " + rule + ".");
  }
}
