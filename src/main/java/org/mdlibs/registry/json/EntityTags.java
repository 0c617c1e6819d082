package org.mdlibs.registry.json;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Entity tags, and preconditions on them. */
public final class EntityTags {
  private static final int HASH_BYTES = 15;

  private EntityTags() {}

  /** The strong tag of some bytes, in its quotes. */
  public static String of(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return '"' + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, HASH_BYTES)) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whether an {@code If-None-Match} header names an entity tag; compared weakly (RFC 9110
   * §13.1.2).
   *
   * @param header the header, or null
   * @param etag our strong tag, in its quotes
   */
  public static boolean match(String header, String etag) {
    if (header == null) {
      return false;
    }
    if (header.strip().equals("*")) {
      return true;
    }
    for (String tag : header.split(",", -1)) {
      String stripped = tag.strip();
      if ((stripped.startsWith("W/") ? stripped.substring(2) : stripped).equals(etag)) {
        return true;
      }
    }
    return false;
  }
}
