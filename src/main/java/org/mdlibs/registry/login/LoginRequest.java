package org.mdlibs.registry.login;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who logs in.
 *
 * @param username username or e-mail
 * @param cookie whether a browser asks, which keeps the token in the session's cookie
 */
public record LoginRequest(
    @Schema(required = true) String username,
    @Schema(required = true) String password,
    Boolean cookie) {}
