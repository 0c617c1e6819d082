package org.mdlibs.registry.name;

/**
 * What a version is about, in plain text: at most 1,000 characters (code points), no control
 * character, so one line. It may be empty.
 *
 * @param value the text
 */
public record Description(String value) {
  /** Longest description, in code points. */
  public static final int MAX_LENGTH = 1_000;

  public Description {
    if (value.codePointCount(0, value.length()) > MAX_LENGTH || !isPlain(value)) {
      throw new IllegalArgumentException(
          "must be at most 1,000 characters, none of them a control character");
    }
  }

  /** Whether a text has no control character and no half of a surrogate pair. */
  public static boolean isPlain(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  /**
   * Reads a description as a person writes it: surrounding white space is dropped.
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
