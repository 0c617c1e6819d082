package org.mdlibs.registry.team;

/**
 * A new team.
 *
 * @param displayName the name when it is left out
 */
public record TeamRequest(String name, String displayName) {}
