package org.mdlibs.registry.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of scopes, those that store most first.
 *
 * @param total exact up to 10,000
 * @param totalIsCapped true when there are more than {@code total}; else absent
 * @param anonymousApiCalls calls without an account in the last 30 days, today (UTC) included
 */
public record UsagePage(
    List<ScopeUsage> scopes,
    long total,
    @Schema(nullable = true) Boolean totalIsCapped,
    int page,
    int perPage,
    long anonymousApiCalls) {}
