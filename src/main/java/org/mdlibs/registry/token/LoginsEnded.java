package org.mdlibs.registry.token;

import java.util.UUID;

/**
 * All logins of an account were ended, in the transaction that this is observed in: what could
 * still become a login has to end too.
 *
 * @param user whose
 */
public record LoginsEnded(UUID user) {}
