package org.mdlibs.registry.config;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * An issuer whose tokens open the registry as its own do.
 *
 * @param issuer the {@code iss} of its tokens
 * @param jwksUrl where its public keys are
 * @param audience the {@code aud} that its tokens must have
 * @param teamPrefix null: groups make no members
 * @param adminGroup null: groups make no administrators
 */
public record TrustedIssuer(
    String issuer, URI jwksUrl, String audience, String teamPrefix, String adminGroup) {
  private static final String ISSUER = "mdlibs.trusted.issuer";
  private static final String JWKS_URL = "mdlibs.trusted.jwks.url";
  private static final String AUDIENCE = "mdlibs.trusted.audience";
  private static final String TEAM_PREFIX = "mdlibs.trusted.team.prefix";
  private static final String ADMIN_GROUP = "mdlibs.trusted.admin.group";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** The keys, none of which has a default. */
  static final Set<String> KEYS = Set.of(ISSUER, JWKS_URL, AUDIENCE, TEAM_PREFIX, ADMIN_GROUP);

  /**
   * Reads the settings, when there is an issuer.
   *
   * @param ownIssuer the registry's
   */
  static Optional<TrustedIssuer> read(Settings settings, String ownIssuer) {
    Optional<String> issuer = settings.optional(ISSUER);
    if (issuer.isEmpty()) {
      return Optional.empty();
    }
    if (issuer.get().equals(ownIssuer) || issuer.get().equals("ldap")) {
      settings.fault(ISSUER, "must not be '" + issuer.get() + "', which is the registry's own");
    }
    String audience = settings.optional(AUDIENCE).orElse("");
    if (audience.isEmpty()) {
      settings.fault(AUDIENCE, "is required with MDLIBS_TRUSTED_ISSUER");
    }
    return Optional.of(
        new TrustedIssuer(
            issuer.get(),
            jwksUrl(settings.optional(JWKS_URL).orElse(""), settings),
            audience,
            settings.optional(TEAM_PREFIX).orElse(null),
            settings.optional(ADMIN_GROUP).orElse(null)));
  }

  private static URI jwksUrl(String text, Settings settings) {
    try {
      URI uri = URI.create(text);
      boolean near = "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
      if (uri.getHost() != null && ("https".equals(uri.getScheme()) || near)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below, with the key
    }
    settings.fault(JWKS_URL, "must be an https URL (http for this host alone), not '" + text + "'");
    return URI.create("https://localhost");
  }
}
