package org.mdlibs.registry.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mdlibs.registry.user.StorageUse;

/**
 * What an account shows its owner.
 *
 * @param teams the teams that it is in
 * @param totalDownloads of all libraries in its own scope
 */
public record Account(
    UUID id,
    String username,
    @Schema(nullable = true) String email,
    Instant createdAt,
    List<String> roles,
    List<TeamMembership> teams,
    long librariesCount,
    long totalDownloads,
    StorageUse storage) {

  /** A team, and what the account is in it. */
  public record TeamMembership(UUID id, String name, String role) {}
}
