package org.mdlibs.registry.access;

import java.util.UUID;

/**
 * The registered token that a request carries.
 *
 * @param id its id; of a login token the {@code jti}
 * @param isLogin whether a person logged in for it, with a password or single sign-on
 */
public record PresentedToken(UUID id, boolean isLogin) {}
