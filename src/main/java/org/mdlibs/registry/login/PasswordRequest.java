package org.mdlibs.registry.login;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A new password for the caller's own account.
 *
 * @param revokeTokens whether the API tokens end too; null: they stay
 */
public record PasswordRequest(
    @Schema(required = true) String currentPassword,
    @Schema(required = true) String newPassword,
    Boolean revokeTokens) {}
