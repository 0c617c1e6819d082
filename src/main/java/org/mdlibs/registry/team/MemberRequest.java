package org.mdlibs.registry.team;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A user to be in a team, by name or by id.
 *
 * @param role {@code member} when it is left out
 */
public record MemberRequest(
    String username,
    @Schema(format = "uuid") String userId,
    @Schema(
            enumeration = {"admin", "member"},
            defaultValue = "member")
        String role) {}
