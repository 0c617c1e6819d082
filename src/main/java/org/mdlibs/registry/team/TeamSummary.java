package org.mdlibs.registry.team;

import java.util.UUID;

/**
 * A team in the list of its member.
 *
 * @param role what the caller is in it
 */
public record TeamSummary(
    UUID id,
    String name,
    String displayName,
    String role,
    long membersCount,
    long librariesCount) {}
