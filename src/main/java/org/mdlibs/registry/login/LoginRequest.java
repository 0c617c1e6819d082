package org.mdlibs.registry.login;

/**
 * Who logs in.
 *
 * @param username username or e-mail
 */
public record LoginRequest(String username, String password) {}
