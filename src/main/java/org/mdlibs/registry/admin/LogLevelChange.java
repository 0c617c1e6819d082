package org.mdlibs.registry.admin;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What becomes of a level of the log.
 *
 * @param level {@code ERROR}, {@code WARN}, {@code INFO} or {@code DEBUG}
 * @param logger whose level; null: that of all of the registry's
 */
public record LogLevelChange(@Schema(required = true) String level, String logger) {}
