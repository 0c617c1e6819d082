package org.mdlibs.registry.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What an account shows its owner.
 *
 * @param teams the teams that it is in
 * @param totalDownloads of all libraries in its own scope
 */
public record Account(
    UUID id,
    String username,
    String email,
    Instant createdAt,
    List<String> roles,
    List<TeamMembership> teams,
    long librariesCount,
    long totalDownloads,
    Storage storage) {

  /** A team, and what the account is in it. */
  public record TeamMembership(UUID id, String name, String role) {}

  /** Bytes of the archives in its scope, and how many they may be. */
  public record Storage(long usedBytes, long quotaBytes) {}
}
