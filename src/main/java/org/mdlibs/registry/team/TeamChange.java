package org.mdlibs.registry.team;

/** What changes of a team: its name is a namespace and never does. */
public record TeamChange(String displayName) {}
