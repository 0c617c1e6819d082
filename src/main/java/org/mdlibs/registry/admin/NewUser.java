package org.mdlibs.registry.admin;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An account that an administrator makes.
 *
 * @param role {@code user} when absent
 * @param password absent: the answer has a code by which its owner sets one
 */
public record NewUser(
    @Schema(required = true) String username,
    @Schema(required = true) String email,
    @Schema(
            enumeration = {"user", "admin"},
            defaultValue = "user")
        String role,
    String password) {}
