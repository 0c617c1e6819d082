package org.mdlibs.registry.runnable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line for each message: time (UTC, milliseconds), level, logger, message; a stack trace on the
 * lines below. Named in {@code logging.properties}: another format is another class there.
 */
public final class TextFormatter extends Formatter {
  @Override
  public String format(LogRecord entry) {
    var text = new StringWriter();
    text.append(entry.getInstant().truncatedTo(ChronoUnit.MILLIS).toString())
        .append(' ')
        .append(entry.getLevel().getName())
        .append(' ')
        .append(String.valueOf(entry.getLoggerName()))
        .append(' ')
        .append(formatMessage(entry).strip())
        .append(System.lineSeparator());
    if (entry.getThrown() != null) {
      entry.getThrown().printStackTrace(new PrintWriter(text, true));
    }
    return text.toString();
  }
}
