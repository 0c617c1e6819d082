package org.mdlibs.registry.token;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An API token that is to be made.
 *
 * @param expiresInDays null: as long as the registry allows
 * @param scopes null: {@code read} alone
 */
public record TokenRequest(
    @Schema(required = true) String name,
    @Schema(minimum = "1") Integer expiresInDays,
    List<String> scopes) {}
