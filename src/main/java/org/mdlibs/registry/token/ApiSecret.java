package org.mdlibs.registry.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.mdlibs.registry.config.Sha256;

/**
 * An API token as its bearer writes it: {@code mdl_}, 43 characters that are 256 random bits in
 * base62 (0-9 A-Z a-z), and 6 that are the CRC-32 of all before them in base62. A typing error, or
 * a word that only looks like a token, is told without asking the database.
 *
 * @param text the whole token
 */
public record ApiSecret(String text) {
  /** How every API token begins. */
  public static final String PREFIX = "mdl_";

  /** Random bytes of a token. */
  static final int BYTES = 32;

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM_DIGITS = 43;
  private static final int CHECKSUM_DIGITS = 6;
  private static final Pattern FORM =
      Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (RANDOM_DIGITS + CHECKSUM_DIGITS) + "}");

  /** The token of some random bytes. */
  static ApiSecret of(byte[] random) {
    String start = PREFIX + base62(new BigInteger(1, random), RANDOM_DIGITS);
    return new ApiSecret(start + checksum(start));
  }

  /** Reads a token; empty when it cannot be one. */
  public static Optional<ApiSecret> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    int end = text.length() - CHECKSUM_DIGITS;
    return text.substring(end).equals(checksum(text.substring(0, end)))
        ? Optional.of(new ApiSecret(text))
        : Optional.empty();
  }

  private static String checksum(String start) {
    var crc = new CRC32();
    crc.update(start.getBytes(StandardCharsets.US_ASCII));
    return base62(BigInteger.valueOf(crc.getValue()), CHECKSUM_DIGITS);
  }

  private static String base62(BigInteger number, int length) {
    var digits = new char[length];
    BigInteger base = BigInteger.valueOf(DIGITS.length());
    BigInteger rest = number;
    for (int i = length - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(base);
      digits[i] = DIGITS.charAt(parts[1].intValue());
      rest = parts[0];
    }
    return new String(digits);
  }

  /** What the database keeps: 256 random bits need neither salt nor slowness. */
  public byte[] sha256() {
    return Sha256.of(text);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "ApiSecret";
  }
}
