package org.mdlibs.registry.admin;

import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import org.mdlibs.registry.problem.Faults;

/**
 * How much a scope may keep.
 *
 * @param bytes null for what holds where nobody set another
 */
public record Quota(Long bytes) {
  /** The largest number that every reader of JSON keeps exactly. */
  private static final long MAX_BYTES = (1L << 53) - 1;

  /**
   * Reads a quota, and notes what is wrong with it.
   *
   * @return null when the member is absent, or wrong
   */
  static Quota parse(JsonValue value, Faults faults) {
    if (value == null) {
      return null;
    }
    if (value == JsonValue.NULL) {
      return new Quota(null);
    }
    if (value instanceof JsonNumber number) {
      try {
        long bytes = number.longValueExact();
        if (bytes >= 0 && bytes <= MAX_BYTES) {
          return new Quota(bytes);
        }
      } catch (ArithmeticException e) {
        // told below
      }
    }
    faults.add("quota_bytes", "must be a whole number from 0 to " + MAX_BYTES + ", or null");
    return null;
  }

  /** For the audit log. */
  @Override
  public String toString() {
    return bytes == null ? "standard" : bytes.toString();
  }
}
