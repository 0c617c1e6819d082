package org.mdlibs.registry.login;

/**
 * A new password for the caller's own account.
 *
 * @param revokeTokens whether the API tokens end too; null: they stay
 */
public record PasswordRequest(String currentPassword, String newPassword, Boolean revokeTokens) {}
