package org.mdlibs.registry.team;

import java.time.Instant;
import java.util.UUID;

/**
 * A user in a team.
 *
 * @param role {@code admin} or {@code member}
 */
public record MemberDetails(UUID userId, String username, String role, Instant joinedAt) {}
