package org.mdlibs.registry.team;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A new team.
 *
 * @param displayName the name when it is left out
 */
public record TeamRequest(@Schema(required = true) String name, String displayName) {}
