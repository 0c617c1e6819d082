package org.mdlibs.registry.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of accounts.
 *
 * @param total exact up to 10,000
 * @param totalIsCapped true when there are more than {@code total}; else absent
 */
public record AdminUserPage(
    List<AdminUser> users,
    long total,
    @Schema(nullable = true) Boolean totalIsCapped,
    int page,
    int perPage) {}
