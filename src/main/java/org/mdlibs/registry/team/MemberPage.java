package org.mdlibs.registry.team;

import java.util.List;

/** A page of a team's members, by username. */
public record MemberPage(List<MemberDetails> members, long total, int page, int perPage) {}
