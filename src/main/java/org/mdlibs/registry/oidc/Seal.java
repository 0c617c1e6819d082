package org.mdlibs.registry.oidc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals text so that its bearer can neither read nor change it: AES-256-GCM (NIST SP 800-38D) with
 * a random nonce in front, in base64url.
 */
final class Seal {
  /** Bytes of the nonce. */
  static final int NONCE_BYTES = 12;

  private static final int TAG_BITS = 128;
  private static final int MAX_LENGTH = 4096;

  private final SecretKeySpec key;

  /** A seal by a key of 32 bytes. */
  Seal(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * Seals a text.
   *
   * @param nonce {@value #NONCE_BYTES} bytes that were never used before
   */
  String close(String text, byte[] nonce) {
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no AES-GCM", e);
    }
  }

  /** The text, or empty when this seal did not close it just so. */
  Optional<String> open(String sealed) {
    if (sealed.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(sealed));
      if (bytes.remaining() <= NONCE_BYTES) {
        return Optional.empty();
      }
      byte[] nonce = new byte[NONCE_BYTES];
      byte[] rest = new byte[bytes.remaining() - NONCE_BYTES];
      bytes.get(nonce).get(rest);
      return Optional.of(
          new String(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(rest), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
