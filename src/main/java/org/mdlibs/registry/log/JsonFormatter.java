package org.mdlibs.registry.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.mdlibs.registry.config.LogLevel;

/**
 * One JSON object a line, in ASCII: {@code time} (UTC, milliseconds), {@code level}, {@code
 * logger}, {@code message}; {@code request_id} and {@code user} where a request is served; what the
 * line has of its own; {@code stack_trace}.
 */
public final class JsonFormatter extends Formatter {
  static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  @Override
  public String format(LogRecord entry) {
    LogMembers own = LogMembers.of(entry);
    var line =
        new JsonLine()
            .add("time", TIME.format(entry.getInstant()))
            .add("level", LogLevel.of(entry.getLevel()))
            .add("logger", entry.getLoggerName())
            .add("message", own == null ? formatMessage(entry) : own.message())
            .add("request_id", RequestContext.id())
            .add("user", RequestContext.user());
    if (own != null) {
      line.addAll(own.members());
    }
    if (entry.getThrown() != null) {
      line.add("stack_trace", stackTrace(entry.getThrown()));
    }
    return line + "\n";
  }

  static String stackTrace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
