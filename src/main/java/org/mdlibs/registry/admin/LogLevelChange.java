package org.mdlibs.registry.admin;

/**
 * What becomes of a level of the log.
 *
 * @param level {@code ERROR}, {@code WARN}, {@code INFO} or {@code DEBUG}
 * @param logger whose level; null: that of all of the registry's
 */
public record LogLevelChange(String level, String logger) {}
