package org.mdlibs.registry.log;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.mdlibs.registry.config.LogLevel;

/**
 * For people: time (UTC), level, logger, message, request and user on one line. What goes on, such
 * as a stack trace, is on lines that begin with a tab, so that no text can pass for a line of the
 * log; what a terminal would not show as it is, is escaped.
 */
public final class TextFormatter extends Formatter {
  @Override
  public String format(LogRecord entry) {
    var line = new StringBuilder(256);
    JsonFormatter.TIME.formatTo(entry.getInstant(), line);
    line.append(' ').append(LogLevel.of(entry.getLevel())).append(' ');
    append(line, String.valueOf(entry.getLoggerName()));
    line.append(' ');
    append(line, formatMessage(entry));
    append(line, " request_id=", RequestContext.id());
    append(line, " user=", RequestContext.user());
    if (entry.getThrown() != null) {
      JsonFormatter.stackTrace(entry.getThrown())
          .lines()
          .forEach(
              part -> {
                line.append("\n\t");
                append(line, part.strip());
              });
    }
    return line.append('\n').toString();
  }

  private static void append(StringBuilder line, String name, String value) {
    if (value != null) {
      line.append(name);
      append(line, value);
    }
  }

  private static void append(StringBuilder line, String text) {
    text.strip()
        .codePoints()
        .forEach(
            c -> {
              if (isShown(c)) {
                line.appendCodePoint(c);
              } else {
                line.append(c < 0x10000 ? "\\u%04x".formatted(c) : "\\x{%x}".formatted(c));
              }
            });
  }

  /** Not: controls, what turns the direction of writing, ends of lines, halves of characters. */
  private static boolean isShown(int c) {
    if (c >= ' ' && c <= '~') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
