package org.mdlibs.registry.account;

/**
 * A new password in place of a forgotten one.
 *
 * @param code what an administrator handed out
 */
public record NewPassword(String code, String newPassword) {}
