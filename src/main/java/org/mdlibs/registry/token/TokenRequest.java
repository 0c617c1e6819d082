package org.mdlibs.registry.token;

import java.util.List;

/**
 * An API token that is to be made.
 *
 * @param expiresInDays null: as long as the registry allows
 * @param scopes null: {@code read} alone
 */
public record TokenRequest(String name, Integer expiresInDays, List<String> scopes) {}
