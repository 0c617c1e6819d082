package org.mdlibs.registry.admin;

import java.util.Map;

/**
 * The levels of the log on one node.
 *
 * @param level of the registry's loggers
 * @param loggers those that have a level of their own
 */
public record LogLevelState(String level, Map<String, String> loggers) {}
