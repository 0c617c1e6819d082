package org.mdlibs.registry.admin;

import jakarta.json.JsonValue;

/**
 * What becomes of an account; absent members stay as they are.
 *
 * @param quotaBytes a number of bytes, or null for the registry's own quota
 */
public record UserChange(Boolean suspended, String role, JsonValue quotaBytes) {}
