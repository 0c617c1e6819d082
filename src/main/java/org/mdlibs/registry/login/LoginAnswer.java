package org.mdlibs.registry.login;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mdlibs.registry.token.LoginTokens;

/**
 * A login token for its bearer.
 *
 * @param token a JWT; null where a session's cookie carries it, out of reach of scripts
 * @param tokenType {@code Bearer}; null with the token
 */
public record LoginAnswer(
    @Schema(nullable = true) String token,
    @Schema(nullable = true) String tokenType,
    Instant expiresAt,
    LoginUser user) {
  /** The answer to whoever keeps the token himself. */
  public static LoginAnswer of(LoginTokens.Issued token, UUID user, String username) {
    return new LoginAnswer(token.jwt(), "Bearer", token.expiresAt(), new LoginUser(user, username));
  }

  /** The answer to a browser. */
  static LoginAnswer ofSession(LoginTokens.Issued token, UUID user, String username) {
    return new LoginAnswer(null, null, token.expiresAt(), new LoginUser(user, username));
  }

  /** Whose it is. */
  public record LoginUser(UUID id, String username) {}
}
