package org.mdlibs.registry.team;

import org.mdlibs.registry.name.Description;

/**
 * What people call a team: 1 to 255 characters (code points), none of them a control character.
 *
 * @param value the text, without surrounding white space
 */
public record DisplayName(String value) {
  private static final int MAX_LENGTH = 255;

  public DisplayName {
    if (value.isEmpty()
        || value.codePointCount(0, value.length()) > MAX_LENGTH
        || !Description.isPlain(value)) {
      throw new IllegalArgumentException(
          "must be 1 to 255 characters, none of them a control character");
    }
  }

  /**
   * Reads a name as a person writes it.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static DisplayName parse(String text) {
    return new DisplayName(text.strip());
  }
}
