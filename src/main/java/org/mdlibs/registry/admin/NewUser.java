package org.mdlibs.registry.admin;

/**
 * An account that an administrator makes.
 *
 * @param role {@code user} when absent
 * @param password absent: the answer has a code by which its owner sets one
 */
public record NewUser(String username, String email, String role, String password) {}
