package org.mdlibs.registry.login;

import jakarta.security.enterprise.credential.Credential;
import org.mdlibs.registry.token.ApiSecret;

/**
 * What a caller sent as {@code Authorization: Bearer} (RFC 6750).
 *
 * @param token the token
 */
record BearerCredential(String token) implements Credential {
  /** Whether it looks like an API token; else it is a JWT, or nothing. */
  boolean isApiToken() {
    return token.startsWith(ApiSecret.PREFIX);
  }

  /** Never the token itself. */
  @Override
  public String toString() {
    return "BearerCredential";
  }
}
