package org.mdlibs.registry.config;

import java.util.Optional;
import java.util.Set;

/**
 * How the registry logs.
 *
 * @param format empty: JSON in the runnable jar; on a server what that is configured to
 * @param level of the registry's own lines; empty: what the server, or the runnable jar, says
 */
public record LogSettings(Optional<Format> format, Optional<LogLevel> level) {
  static final Set<String> KEYS = Set.of("mdlibs.log.format", "mdlibs.log.level");

  /** The forms of a line. */
  public enum Format {
    JSON,
    TEXT
  }

  static LogSettings read(Settings settings) {
    return new LogSettings(
        settings.parsed("mdlibs.log.format", LogSettings::format),
        settings.parsed("mdlibs.log.level", LogSettings::level));
  }

  private static Format format(String text) {
    return switch (text) {
      case "json" -> Format.JSON;
      case "text" -> Format.TEXT;
      default -> throw new IllegalArgumentException("must be 'json' or 'text', not '" + text + "'");
    };
  }

  private static LogLevel level(String text) {
    return LogLevel.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be ERROR, WARN, INFO or DEBUG, not '" + text + "'"));
  }
}
