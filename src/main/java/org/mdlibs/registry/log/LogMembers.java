package org.mdlibs.registry.log;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What a line of the log tells besides its message, for the JSON form. It travels as the only
 * parameter of a record whose message is {@value #PATTERN}: a server's own formatter does not know
 * it and writes the text, which tells the same to people. The text itself cannot be the message,
 * since some servers read whatever has a parameter as a pattern, and braces in it as places.
 *
 * @param message the message of the JSON form
 * @param text the message of every other form
 * @param members what is added to the object
 */
public record LogMembers(String message, String text, JsonLine members) {
  static final String PATTERN = "{0}";

  /** Logs a line. */
  public void log(Logger logger, Level level) {
    var entry = new LogRecord(level, PATTERN);
    entry.setLoggerName(logger.getName());
    entry.setParameters(new Object[] {this});
    logger.log(entry);
  }

  /** What a formatter puts in the place of the parameter. */
  @Override
  public String toString() {
    return text;
  }

  /** The members of a line, or null when it has none. */
  static LogMembers of(LogRecord entry) {
    Object[] parameters = entry.getParameters();
    return parameters != null && parameters.length == 1 && parameters[0] instanceof LogMembers found
        ? found
        : null;
  }
}
