package org.mdlibs.registry.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;

/**
 * The signing keys as this node has read them: again every few seconds, and when a token names one
 * that it does not know, though not for every such token, since anybody can name a key.
 */
@ApplicationScoped
public class KeyRing {
  /** How often unknown names make it read the keys at most. */
  private static final Duration REREAD = Duration.ofSeconds(5);

  private final SigningKeys keys;
  private final Clock clock;
  private volatile Ring ring = new Ring(List.of(), Map.of(), Instant.EPOCH);

  private record Ring(
      List<SigningKey> keys, Map<String, EllipticCurveJsonWebKey> byKid, Instant readAt) {}

  @Inject
  public KeyRing(SigningKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected KeyRing() {
    this(null, null);
  }

  /** The key to sign with now. */
  EllipticCurveJsonWebKey signing() {
    Ring current = ring.keys().isEmpty() ? read() : ring;
    return new KeySchedule(current.keys(), clock.instant())
        .signing()
        .map(key -> current.byKid().get(key.kid()))
        .orElseThrow(() -> new IllegalStateException("The database has no signing key"));
  }

  /** The key to verify with that a token names. */
  Optional<Key> verification(String kid) {
    EllipticCurveJsonWebKey known = ring.byKid().get(kid);
    if (known == null) {
      known = readAgain().byKid().get(kid);
    }
    return Optional.ofNullable(known).map(JsonWebKey::getKey);
  }

  /** Whether a key is still one of the registry's. */
  boolean has(String kid) {
    return ring.byKid().containsKey(kid);
  }

  /** The public keys as a JWK set (RFC 7517 §5), those that do not sign yet included. */
  String publicKeys() {
    Ring current = ring.keys().isEmpty() ? read() : ring;
    var set = new JsonWebKeySet(List.copyOf(current.byKid().values()));
    return set.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  /** Reads the keys. */
  void refresh() {
    read();
  }

  private synchronized Ring readAgain() {
    return clock.instant().isBefore(ring.readAt().plus(REREAD)) ? ring : read();
  }

  private synchronized Ring read() {
    List<SigningKey> rows = keys.all();
    Map<String, EllipticCurveJsonWebKey> known = ring.byKid();
    var byKid = new LinkedHashMap<String, EllipticCurveJsonWebKey>();
    for (SigningKey row : rows) {
      EllipticCurveJsonWebKey pair =
          known.containsKey(row.kid()) ? known.get(row.kid()) : keys.open(row);
      pair.setUse("sig");
      pair.setAlgorithm("ES256");
      byKid.put(row.kid(), pair);
    }
    ring = new Ring(rows, byKid, clock.instant());
    return ring;
  }
}
