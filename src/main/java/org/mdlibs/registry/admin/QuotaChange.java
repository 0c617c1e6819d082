package org.mdlibs.registry.admin;

import jakarta.json.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What becomes of a quota.
 *
 * @param quotaBytes a number of bytes, or null for the registry's own quota
 */
public record QuotaChange(
    @Schema(
            implementation = Long.class,
            nullable = true,
            minimum = "0",
            maximum = "9007199254740991",
            description = "A number of bytes, or null for what holds for everybody.")
        JsonValue quotaBytes) {}
