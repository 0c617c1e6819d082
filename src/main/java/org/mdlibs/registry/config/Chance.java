package org.mdlibs.registry.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.UUID;

/** Random values, all of them from the system's secure source. */
@ApplicationScoped
public class Chance {
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private final SecureRandom random = new SecureRandom();

  /** A random UUID (RFC 9562, version 4). */
  public UUID uuid() {
    return UUID.randomUUID();
  }

  /** Random bytes. */
  public byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A random word of letters and digits that a person cannot mistake for each other. */
  public String word(int length) {
    return word(LETTERS, length);
  }

  /** A random word of the given letters. */
  public String word(String letters, int length) {
    var word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }
}
