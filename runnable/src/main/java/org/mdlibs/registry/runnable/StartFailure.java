package org.mdlibs.registry.runnable;

import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** The failures that the server told while it started, and the sentence to draw from them. */
final class StartFailure {
  private static final int MOST_RECORDS = 100;

  private final List<LogRecord> records = new ArrayList<>();

  /** Whether a message may tell of a failure; then it is kept. */
  synchronized boolean takes(LogRecord entry) {
    if (entry.getLevel().intValue() < Level.WARNING.intValue() && entry.getThrown() == null) {
      return false;
    }
    if (records.size() < MOST_RECORDS) {
      records.add(entry);
    }
    return true;
  }

  /** Keeps a failure that nobody told by a message. */
  void add(String message, Throwable cause) {
    var entry = new LogRecord(Level.SEVERE, message);
    entry.setLoggerName(StartFailure.class.getPackageName());
    entry.setThrown(cause);
    takes(entry);
  }

  /** Whether the listener could not take its port. */
  synchronized boolean isPortTaken() {
    return records.stream()
        .anyMatch(entry -> innermost(entry.getThrown()) instanceof BindException);
  }

  /**
   * The innermost message of the first failure that has a cause, since the registry's own sentence
   * is wrapped by every layer of the server.
   */
  synchronized String reason() {
    for (LogRecord entry : records) {
      if (entry.getThrown() != null) {
        return sentence(innermost(entry.getThrown()));
      }
    }
    return records.stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .findFirst()
        .map(entry -> firstLine(new SimpleFormatter().formatMessage(entry)))
        .orElse("the server did not deploy it, and gave no reason");
  }

  /** What the server told, in order. */
  synchronized List<LogRecord> records() {
    return List.copyOf(records);
  }

  private static Throwable innermost(Throwable failure) {
    Throwable inner = failure;
    while (inner != null && inner.getCause() != null && inner.getCause() != inner) {
      inner = inner.getCause();
    }
    return inner;
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : firstLine(message);
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("").strip();
  }
}
