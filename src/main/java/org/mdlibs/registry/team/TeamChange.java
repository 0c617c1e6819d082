package org.mdlibs.registry.team;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What changes of a team: its name is a namespace and never does. */
public record TeamChange(@Schema(required = true) String displayName) {}
