package org.mdlibs.registry.admin;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The account that was made.
 *
 * @param passwordReset absent when the account was made with a password
 */
public record CreatedUser(
    UUID id,
    String username,
    String email,
    String role,
    Instant createdAt,
    @Schema(nullable = true) ResetCode passwordReset) {}
