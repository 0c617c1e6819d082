package org.mdlibs.registry.admin;

import java.time.Instant;
import java.util.UUID;

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
    ResetCode passwordReset) {}
