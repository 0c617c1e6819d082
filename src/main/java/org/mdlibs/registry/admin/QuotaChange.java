package org.mdlibs.registry.admin;

import jakarta.json.JsonValue;

/**
 * What becomes of a quota.
 *
 * @param quotaBytes a number of bytes, or null for the registry's own quota
 */
public record QuotaChange(JsonValue quotaBytes) {}
