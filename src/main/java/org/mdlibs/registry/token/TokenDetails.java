package org.mdlibs.registry.token;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mdlibs.registry.access.Permission;

/** An API token as it is listed: never with its secret, which nobody keeps. */
public record TokenDetails(
    UUID id,
    String name,
    List<String> scopes,
    Instant createdAt,
    @Schema(nullable = true) Instant expiresAt,
    @Schema(nullable = true) Instant lastUsedAt) {
  static TokenDetails of(Token token) {
    return new TokenDetails(
        token.id(),
        token.name(),
        token.permissions().stream().sorted().map(Permission::wireName).toList(),
        token.createdAt(),
        token.expiresAt(),
        token.lastUsedAt());
  }
}
