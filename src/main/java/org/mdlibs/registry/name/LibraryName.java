package org.mdlibs.registry.name;

import java.util.regex.Pattern;

/**
 * The name of a library within its scope.
 *
 * <p>3 to 64 characters of {@code a-z 0-9 -}, starting with a letter or digit, no trailing or
 * doubled hyphen. Upper case is refused, not folded: an archive carries its own name.
 *
 * @param value the name
 */
public record LibraryName(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

  /** What the paths of a scope need for themselves. */
  private static final String FEED = "feed";

  public LibraryName {
    if (value.length() < 3 || value.length() > 64 || !SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "must be 3 to 64 of a-z, 0-9 and '-', start with a letter or digit, and have no trailing"
              + " or doubled hyphen");
    }
  }

  /**
   * Reads a library name as it is written.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static LibraryName parse(String text) {
    return new LibraryName(text);
  }

  /** Whether no new library may have this name, since a path of the scope is called so. */
  public boolean isReserved() {
    return value.equals(FEED);
  }

  @Override
  public String toString() {
    return value;
  }
}
