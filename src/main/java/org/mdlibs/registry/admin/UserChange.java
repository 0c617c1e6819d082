package org.mdlibs.registry.admin;

import jakarta.json.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What becomes of an account; absent members stay as they are.
 *
 * @param quotaBytes a number of bytes, or null for the registry's own quota
 */
public record UserChange(
    Boolean suspended,
    @Schema(enumeration = {"user", "admin"}) String role,
    @Schema(
            implementation = Long.class,
            nullable = true,
            minimum = "0",
            maximum = "9007199254740991",
            description = "A number of bytes, or null for what holds for everybody.")
        JsonValue quotaBytes) {}
