package org.mdlibs.registry.token;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A new API token, with its secret, which is shown this once.
 *
 * @param token what its bearer sends
 */
public record TokenCreated(
    UUID id, String name, List<String> scopes, Instant createdAt, Instant expiresAt, String token) {
  static TokenCreated of(Token made, ApiSecret secret) {
    TokenDetails details = TokenDetails.of(made);
    return new TokenCreated(
        details.id(),
        details.name(),
        details.scopes(),
        details.createdAt(),
        details.expiresAt(),
        secret.text());
  }
}
