package org.mdlibs.registry.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Level;

/** The levels of the log, and those of {@code java.util.logging} that they stand for. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG;

  /** The level of {@code java.util.logging}. */
  public Level level() {
    return switch (this) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
    };
  }

  /** The level of a line. */
  public static LogLevel of(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return ERROR;
    }
    if (value >= Level.WARNING.intValue()) {
      return WARN;
    }
    return value >= Level.INFO.intValue() ? INFO : DEBUG;
  }

  /** The level of a name, in any case: empty when it is none. */
  public static Optional<LogLevel> parse(String name) {
    return Arrays.stream(values()).filter(level -> level.name().equalsIgnoreCase(name)).findFirst();
  }
}
