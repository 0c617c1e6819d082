package org.mdlibs.registry.login;

import java.io.IOException;
import java.net.URI;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Logger;
import org.jose4j.http.Get;
import org.jose4j.http.SimpleGet;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The public keys of another issuer (RFC 7517), fetched when they are needed and kept for ten
 * minutes. A key that is not among them has them fetched again, but not more often than every ten
 * seconds, however many tokens name keys that do not exist. While the issuer is away the keys that
 * were fetched last hold for a day.
 */
final class TrustedKeys {
  private static final Logger LOG = Logger.getLogger(TrustedKeys.class.getName());
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration USABLE = Duration.ofDays(1);
  private static final int TIMEOUT_MILLIS = 3000;
  private static final int MOST_CHARACTERS = 500_000;

  private final URI url;
  private final Clock clock;
  private final SimpleGet http;
  private volatile Keys keys = new Keys(List.of(), Instant.MIN);
  private Instant tried = Instant.MIN;

  private record Keys(List<JsonWebKey> all, Instant fetched) {
    Key find(JsonWebSignature signature) throws UnresolvableKeyException {
      return new JwksVerificationKeyResolver(all).resolveKey(signature, List.of());
    }
  }

  /** Keys of a URL. */
  TrustedKeys(URI url, Clock clock) {
    this.url = url;
    this.clock = clock;
    var get = new Get();
    get.setConnectTimeout(TIMEOUT_MILLIS);
    get.setReadTimeout(TIMEOUT_MILLIS);
    get.setRetries(0);
    get.setResponseBodySizeLimit(MOST_CHARACTERS);
    this.http = get;
  }

  /** The key of a signature. */
  Key find(JsonWebSignature signature) throws UnresolvableKeyException {
    if (isOlderThan(FRESH)) {
      fetch();
    }
    if (isOlderThan(USABLE)) {
      throw new UnresolvableKeyException("no keys could be fetched");
    }
    try {
      return keys.find(signature);
    } catch (UnresolvableKeyException e) {
      fetch();
      return keys.find(signature);
    }
  }

  /** Whether there are keys to verify with. */
  boolean isAvailable() {
    return !isOlderThan(USABLE);
  }

  private boolean isOlderThan(Duration age) {
    return keys.fetched().equals(Instant.MIN) || clock.instant().isAfter(keys.fetched().plus(age));
  }

  private synchronized void fetch() {
    Instant now = clock.instant();
    if (!tried.equals(Instant.MIN) && now.isBefore(tried.plus(PAUSE))) {
      return;
    }
    tried = now;
    try {
      String body = http.get(url.toString()).getBody();
      keys = new Keys(new JsonWebKeySet(body).getJsonWebKeys(), now);
    } catch (IOException | JoseException e) {
      LOG.warning(() -> "the keys at " + url + " cannot be fetched: " + e.getMessage());
    }
  }
}
