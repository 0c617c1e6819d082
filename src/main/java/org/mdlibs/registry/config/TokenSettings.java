package org.mdlibs.registry.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The tokens that the registry gives out.
 *
 * @param issuer the {@code iss} of login tokens
 * @param audience the {@code aud} of login tokens
 * @param loginLifetime how long a login token lives
 * @param apiMaxDays longest life of an API token, in days; also of one whose maker does not say
 * @param keyRotation how old the newest signing key may be
 */
public record TokenSettings(
    String issuer, String audience, Duration loginLifetime, int apiMaxDays, Duration keyRotation) {
  /** A hundred years. */
  private static final int MAX_DAYS = 36_500;

  private static final int MAX_HOURS = 24 * MAX_DAYS;

  static TokenSettings read(Settings settings, Optional<URI> url) {
    return new TokenSettings(
        settings.optional("mdlibs.jwt.issuer").or(() -> url.map(URI::toString)).orElse("mdlibs"),
        settings.text("mdlibs.jwt.audience"),
        Duration.ofHours(settings.positive("mdlibs.login.token.hours", MAX_HOURS)),
        settings.positive("mdlibs.api.token.max.days", MAX_DAYS),
        Duration.ofDays(settings.positive("mdlibs.jwt.key.rotation.days", MAX_DAYS)));
  }
}
