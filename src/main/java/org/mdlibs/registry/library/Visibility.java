package org.mdlibs.registry.library;

import java.util.Locale;

/** Who sees a library. */
public enum Visibility {
  /** Everybody whom the registry lets read at all. */
  PUBLIC,
  /** Its owners. */
  PRIVATE;

  /** The name on the wire and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a wire name.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static Visibility parse(String text) {
    return switch (text) {
      case "public" -> PUBLIC;
      case "private" -> PRIVATE;
      default -> throw new IllegalArgumentException("must be 'public' or 'private'");
    };
  }
}
