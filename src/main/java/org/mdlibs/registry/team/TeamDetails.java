package org.mdlibs.registry.team;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mdlibs.registry.user.StorageUse;

/**
 * A team as its members see it.
 *
 * @param role what the caller is in it; null for an administrator of the registry who is not in it
 */
public record TeamDetails(
    UUID id,
    String name,
    String displayName,
    @Schema(nullable = true) String role,
    long membersCount,
    long librariesCount,
    StorageUse storage,
    Instant createdAt,
    Instant updatedAt) {}
