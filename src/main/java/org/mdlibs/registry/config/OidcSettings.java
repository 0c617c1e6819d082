package org.mdlibs.registry.config;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The OpenID provider, and what its groups mean here.
 *
 * @param issuer as the provider spells it in its tokens
 * @param clientSecret empty for a public client: PKCE alone then protects the code
 * @param scope what is asked for, joined by spaces
 * @param groupsClaim the claim that lists a person's groups
 * @param adminGroup the group of the registry's administrators, or empty
 * @param teamPrefix what a group's name starts with that stands for a team, or empty
 */
public record OidcSettings(
    String issuer,
    String clientId,
    Optional<String> clientSecret,
    String scope,
    String groupsClaim,
    Optional<String> adminGroup,
    Optional<String> teamPrefix) {

  /** Never the secret. */
  @Override
  public String toString() {
    return "OidcSettings[" + issuer + ", " + clientId + "]";
  }

  /**
   * Reads them; what is wrong becomes a fault.
   *
   * @param hasUrl whether {@code MDLIBS_URL} is set
   * @return empty when no provider is configured
   */
  static Optional<OidcSettings> read(Settings settings, boolean hasUrl) {
    Optional<String> issuer = settings.optional("mdlibs.oidc.issuer");
    Optional<String> clientId = settings.optional("mdlibs.oidc.client.id");
    if (issuer.isEmpty()) {
      if (clientId.isPresent()) {
        settings.fault("mdlibs.oidc.issuer", "is required with MDLIBS_OIDC_CLIENT_ID");
      }
      return Optional.empty();
    }
    if (!isHttp(issuer.get())) {
      settings.fault("mdlibs.oidc.issuer", "must be an https URL, not '" + issuer.get() + "'");
    }
    if (clientId.isEmpty()) {
      settings.fault("mdlibs.oidc.client.id", "is required with MDLIBS_OIDC_ISSUER");
    }
    if (!hasUrl) {
      settings.fault(
          "mdlibs.url",
          "is required with MDLIBS_OIDC_ISSUER: the provider sends people back to it");
    }
    return Optional.of(
        new OidcSettings(
            issuer.get(),
            clientId.orElse(""),
            settings.optional("mdlibs.oidc.client.secret"),
            settings.text("mdlibs.oidc.scope"),
            settings.text("mdlibs.oidc.groups.claim"),
            settings.optional("mdlibs.oidc.admin.group"),
            settings.optional("mdlibs.oidc.team.prefix")));
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && Set.of("http", "https").contains(uri.getScheme())
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
