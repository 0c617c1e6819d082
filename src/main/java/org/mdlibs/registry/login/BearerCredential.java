package org.mdlibs.registry.login;

import jakarta.security.enterprise.credential.Credential;

/**
 * What a caller sent as {@code Authorization: Bearer} (RFC 6750).
 *
 * @param token the token
 */
record BearerCredential(String token) implements Credential {
  /** Never the token itself. */
  @Override
  public String toString() {
    return "BearerCredential";
  }
}
