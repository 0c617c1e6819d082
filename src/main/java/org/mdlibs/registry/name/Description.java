package org.mdlibs.registry.name;

/**
 * What a library is, in a sentence or two: at most 1,000 characters (code points), without control
 * characters; surrounding white space is dropped.
 *
 * @param value the text
 */
public record Description(String value) {
  /** Longest description, in code points. */
  public static final int MAX_LENGTH = 1_000;

  public Description {
    if (value.codePointCount(0, value.length()) > MAX_LENGTH
        || value.codePoints().anyMatch(Description::isForbidden)) {
      throw new IllegalArgumentException(
          "must be at most 1000 characters, without line breaks or other control characters");
    }
  }

  /** Control characters, and halves of characters that no encoding can carry. */
  private static boolean isForbidden(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /**
   * Reads a description as a person writes it.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static Description parse(String text) {
    return new Description(text.strip());
  }

  @Override
  public String toString() {
    return value;
  }
}
