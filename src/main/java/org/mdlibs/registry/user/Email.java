package org.mdlibs.registry.user;

import java.util.Locale;

/**
 * An e-mail address whose shape {@code @Email} has checked; two that differ by case alone are one.
 *
 * @param value the address as it was written
 */
public record Email(String value) {
  /** Longest address, in characters. */
  public static final int MAX_LENGTH = 255;

  /** What makes it unique. */
  public String key() {
    return value.toLowerCase(Locale.ROOT);
  }
}
