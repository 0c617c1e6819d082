package org.mdlibs.registry.device;

import java.util.Locale;
import java.util.regex.Pattern;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.Sha256;

/**
 * The code that a device shows and a person types: eight consonants, so that it spells no word (RFC
 * 8628 §6.1), some 34 bits.
 *
 * @param letters without the dash
 */
public record UserCode(String letters) {
  private static final String CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ";
  private static final int LENGTH = 8;
  private static final int HALF = 4;
  private static final Pattern VALID = Pattern.compile("[" + CONSONANTS + "]{" + LENGTH + "}");

  /** A random one. */
  static UserCode random(Chance chance) {
    return new UserCode(chance.word(CONSONANTS, LENGTH));
  }

  /**
   * Reads what somebody typed: any case, with or without dashes and spaces.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  static UserCode parse(String text) {
    String letters = text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    if (!VALID.matcher(letters).matches()) {
      throw new IllegalArgumentException("must be eight consonants, as BCDF-GHJK");
    }
    return new UserCode(letters);
  }

  /** What the database keeps. */
  byte[] hash() {
    return hash(letters);
  }

  /** SHA-256 of a code of either kind. */
  static byte[] hash(String code) {
    return Sha256.of(code);
  }

  /** As it is shown: {@code BCDF-GHJK}. */
  @Override
  public String toString() {
    return letters.substring(0, HALF) + "-" + letters.substring(HALF);
  }
}
