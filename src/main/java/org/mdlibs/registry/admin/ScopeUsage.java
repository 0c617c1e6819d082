package org.mdlibs.registry.admin;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mdlibs.registry.user.StorageUse;

/**
 * What a scope takes.
 *
 * @param type {@code user} or {@code team}
 * @param librariesCount libraries, also those whose versions are all deleted
 * @param versionsCount versions that are not deleted
 * @param downloads of all versions that there ever were
 * @param apiCalls calls that the account made in the last 30 days, today (UTC) included; absent for
 *     a team, whose members call by their own accounts
 */
public record ScopeUsage(
    UUID id,
    String scope,
    String type,
    long librariesCount,
    long versionsCount,
    long downloads,
    @Schema(nullable = true) Long apiCalls,
    StorageUse storage) {}
