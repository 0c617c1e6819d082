package org.mdlibs.registry.team;

/**
 * A user to be in a team, by name or by id.
 *
 * @param role {@code member} when it is left out
 */
public record MemberRequest(String username, String userId, String role) {}
