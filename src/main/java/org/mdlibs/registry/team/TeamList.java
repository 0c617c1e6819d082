package org.mdlibs.registry.team;

import java.util.List;

/** The teams of a caller, by name. */
public record TeamList(List<TeamSummary> teams) {}
