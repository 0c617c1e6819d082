package org.mdlibs.registry.user;

import java.util.Locale;

/**
 * An e-mail address whose shape {@link Emails} has checked; two that differ by case alone are one.
 *
 * @param value the address as it was written
 */
public record Email(String value) {
  /** What makes it unique. */
  public String key() {
    return value.toLowerCase(Locale.ROOT);
  }
}
