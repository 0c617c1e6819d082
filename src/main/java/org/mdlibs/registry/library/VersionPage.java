package org.mdlibs.registry.library;

import java.util.List;

/** A page of a library's versions, the highest precedence first. */
public record VersionPage(
    String scope, String name, List<VersionSummary> versions, long total, int page, int perPage) {}
