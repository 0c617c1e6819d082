package org.mdlibs.registry.readonly;

import java.time.Instant;

/**
 * Why the registry takes no writes.
 *
 * @param reason as whoever set it told
 * @param since null where the settings say so
 * @param setBy an administrator; null where the settings say so
 */
public record ReadOnlyMode(String reason, Instant since, String setBy) {}
