package org.mdlibs.registry.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * Wraps secrets that the database keeps: AES-256-GCM with a key that HKDF with SHA-256 (RFC 5869)
 * derives from the configured one, another for each purpose. A wrapped text is {@code v1.} and the
 * base64url of nonce, ciphertext and tag; it opens only with the purpose and context it was made
 * for.
 */
public final class SecretBox {
  private static final String PREFIX = "v1.";
  private static final int MIN_LENGTH = 32;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final byte[] secret;

  /**
   * A box for a configured key: 32 bytes in base64, or any text of at least 32 characters.
   *
   * @throws IllegalArgumentException with a sentence that states the rule, without the key
   */
  public SecretBox(String key) {
    byte[] decoded = decode(key);
    if (decoded.length != KEY_BYTES && key.length() < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "must be 32 random bytes in base64 (openssl rand -base64 32), or at least 32 characters");
    }
    secret = decoded.length == KEY_BYTES ? decoded : key.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] decode(String key) {
    try {
      return Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Whether a stored text is one that a box made. */
  public static boolean isWrapped(String stored) {
    return stored.startsWith(PREFIX);
  }

  /**
   * Wraps a text.
   *
   * @param purpose what it is, the same for all of its kind
   * @param context which one it is, so that no row's secret passes for another's
   */
  public String wrap(String text, String purpose, String context, Chance chance) {
    byte[] nonce = chance.bytes(NONCE_BYTES);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, purpose, context, nonce)
              .doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no AES-GCM", e);
    }
  }

  /**
   * Opens what {@link #wrap} made.
   *
   * @throws IllegalStateException with a sentence for the operator when it was made with another
   *     key, or changed since
   */
  @SuppressWarnings("UnusedException") // The sentence is to be the innermost one: that is shown.
  public String open(String wrapped, String purpose, String context) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(wrapped.substring(PREFIX.length()));
      byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, purpose, context, nonce)
              .doFinal(all, NONCE_BYTES, Math.max(0, all.length - NONCE_BYTES));
      return new String(text, StandardCharsets.UTF_8);
    } catch (AEADBadTagException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "MDLIBS_SECRET_KEY is not the key that the database's " + purpose + " are wrapped with");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, String purpose, String context, byte[] nonce)
      throws GeneralSecurityException {
    var hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(
        new HKDFParameters(
            secret, null, ("mdlibs " + purpose + " v1").getBytes(StandardCharsets.UTF_8)));
    byte[] key = new byte[KEY_BYTES];
    hkdf.generateBytes(key, 0, key.length);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "SecretBox";
  }
}
