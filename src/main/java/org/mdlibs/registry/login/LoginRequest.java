package org.mdlibs.registry.login;

/**
 * Who logs in.
 *
 * @param username username or e-mail
 * @param cookie whether a browser asks, which keeps the token in the session's cookie
 */
public record LoginRequest(String username, String password, Boolean cookie) {}
