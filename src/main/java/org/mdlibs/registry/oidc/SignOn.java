package org.mdlibs.registry.oidc;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.Sha256;

/**
 * A single sign-on under way: what the second request must know of the first.
 *
 * @param state joins the provider's answer to this browser (RFC 6749 §10.12)
 * @param nonce joins the ID token to this sign-on
 * @param verifier proves to the provider that the code is asked for by whoever began (RFC 7636)
 * @param target the local path to go to at the end
 */
record SignOn(String state, String nonce, String verifier, String target, Instant startedAt) {
  /** How long a person may take at the provider. */
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final int BYTES = 32;
  private static final JsonProvider JSON = JsonProvider.provider();

  /** A new one. */
  static SignOn begin(String target, Chance chance, Instant now) {
    return new SignOn(random(chance), random(chance), random(chance), target, now);
  }

  private static String random(Chance chance) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(chance.bytes(BYTES));
  }

  /** The hash of the verifier that the provider gets first (S256). */
  String challenge() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier));
  }

  /** Whether the person took too long. */
  boolean isExpiredAt(Instant time) {
    return time.isAfter(startedAt.plus(LIFE));
  }

  /** Whether an answer's state is this sign-on's. */
  boolean hasState(String sent) {
    return sent != null
        && MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
  }

  /** The form that is sealed. */
  String toJson() {
    return JSON.createObjectBuilder()
        .add("state", state)
        .add("nonce", nonce)
        .add("verifier", verifier)
        .add("target", target)
        .add("started_at", startedAt.toEpochMilli())
        .build()
        .toString();
  }

  /**
   * The inverse of {@link #toJson}.
   *
   * @throws IllegalArgumentException when it is none
   */
  static SignOn ofJson(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      JsonObject json = reader.readObject();
      return new SignOn(
          json.getString("state"),
          json.getString("nonce"),
          json.getString("verifier"),
          json.getString("target"),
          Instant.ofEpochMilli(json.getJsonNumber("started_at").longValueExact()));
    } catch (JsonException | NullPointerException | ClassCastException e) {
      throw new IllegalArgumentException("no sign-on", e);
    }
  }
}
