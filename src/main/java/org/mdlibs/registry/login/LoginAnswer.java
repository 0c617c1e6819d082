package org.mdlibs.registry.login;

import java.time.Instant;
import java.util.UUID;

/**
 * A login token for its bearer.
 *
 * @param token a JWT
 * @param tokenType {@code Bearer}
 */
public record LoginAnswer(String token, String tokenType, Instant expiresAt, LoginUser user) {
  /** Whose it is. */
  public record LoginUser(UUID id, String username) {}
}
