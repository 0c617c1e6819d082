package org.mdlibs.registry.library;

import org.mdlibs.registry.name.Description;

/**
 * What readers of a library are told to use instead: 1 to 200 characters (code points), none of
 * them a control character.
 *
 * @param value the text, without surrounding white space
 */
public record Deprecation(String value) {
  private static final int MAX_LENGTH = 200;

  /**
   * Reads a notice as a person writes it.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static Deprecation parse(String text) {
    String value = text.strip();
    if (value.isEmpty()
        || value.codePointCount(0, value.length()) > MAX_LENGTH
        || !Description.isPlain(value)) {
      throw new IllegalArgumentException(
          "must be 1 to 200 characters, none of them a control character, or null");
    }
    return new Deprecation(value);
  }
}
