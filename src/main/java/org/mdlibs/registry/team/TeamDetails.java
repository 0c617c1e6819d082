package org.mdlibs.registry.team;

import java.time.Instant;
import java.util.UUID;

/**
 * A team as its members see it.
 *
 * @param role what the caller is in it; null for an administrator of the registry who is not in it
 */
public record TeamDetails(
    UUID id,
    String name,
    String displayName,
    String role,
    long membersCount,
    long librariesCount,
    Storage storage,
    Instant createdAt,
    Instant updatedAt) {
  /** Bytes of the archives in its scope, and how many they may be. */
  public record Storage(long usedBytes, long quotaBytes) {}
}
