package org.mdlibs.registry.log;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What a line of the log tells besides its message, for the JSON form. It travels as the parameter
 * of the record: a server's own formatter does not know it and writes the record's message, which
 * tells the same to people.
 *
 * @param message the message of the JSON form
 * @param members what is added to the object
 */
public record LogMembers(String message, JsonLine members) {
  /**
   * Logs a line.
   *
   * @param text the message of every other form
   */
  public void log(Logger logger, Level level, String text) {
    var entry = new LogRecord(level, text);
    entry.setLoggerName(logger.getName());
    entry.setParameters(new Object[] {this});
    logger.log(entry);
  }

  /** The members of a line, or null when it has none. */
  static LogMembers of(LogRecord entry) {
    Object[] parameters = entry.getParameters();
    return parameters != null && parameters.length == 1 && parameters[0] instanceof LogMembers found
        ? found
        : null;
  }
}
