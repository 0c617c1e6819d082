package org.mdlibs.registry.login;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The ways in.
 *
 * @param password whether {@code POST /auth/login} takes a username and a password
 * @param singleSignOn the path at which a browser begins the single sign-on; null where none is
 *     configured
 */
public record LoginMethods(boolean password, @Schema(nullable = true) String singleSignOn) {}
