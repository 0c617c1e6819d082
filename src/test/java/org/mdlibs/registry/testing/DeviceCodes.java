package org.mdlibs.registry.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Finds a device's row by the code that it shows. */
public final class DeviceCodes {
  private DeviceCodes() {}

  /** What the database keeps of a code. */
  public static byte[] hash(String code) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(code.replace("-", "").getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
