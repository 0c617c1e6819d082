package org.mdlibs.registry.runnable;

import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log: to stderr, in the format that {@code logging.properties} names until the registry has
 * read its settings and sets another. Lines are formatted by the thread that logs, which serves the
 * request that they tell of, without a lock.
 *
 * <p>While the server starts it also looks out for the reason of a failure. A server that cannot
 * deploy an application says so many times over, on hundreds of lines, and then goes on without it;
 * whoever started the registry wants the one sentence in the middle of it.
 */
public final class ServerLog extends Handler {
  private static final String ACCESS = "mdlibs.access";
  private static final LogWriter WRITER = LogWriter.ofStderr();

  private static volatile StartFailure failure = new StartFailure();
  private static volatile boolean starting;
  private static volatile boolean verbose;

  /** Made by the log manager, from {@code logging.properties}. */
  public ServerLog() {
    setFormatter(formatter());
    setLevel(Level.ALL);
  }

  private static Formatter formatter() {
    String name = LogManager.getLogManager().getProperty(ServerLog.class.getName() + ".formatter");
    try {
      return name == null
          ? new TextFormatter()
          : Class.forName(name).asSubclass(Formatter.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException("no formatter for the log: " + name, e);
    }
  }

  /** From here on, to {@link #started}, warnings and failures are collected instead of written. */
  static void starting(boolean showAll) {
    failure = new StartFailure();
    verbose = showAll;
    starting = true;
  }

  /**
   * Writes what was collected, as it was no failure after all, and from here on all as it comes.
   */
  static void started() {
    starting = false;
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      if (handler instanceof ServerLog && !verbose) {
        failure.records().forEach(handler::publish);
      }
    }
  }

  /** What went wrong since {@link #starting}. */
  static StartFailure failure() {
    return failure;
  }

  /** Waits until everything is written: the last thing that the process does. */
  static void end() {
    WRITER.flush();
  }

  @Override
  public void publish(LogRecord entry) {
    // The one request of the start is the runnable's own.
    boolean held = starting && (failure.takes(entry) || ACCESS.equals(entry.getLoggerName()));
    if (verbose || (!held && isForOperators(entry))) {
      try {
        WRITER.write(getFormatter().format(entry));
      } catch (RuntimeException e) {
        reportError(null, e, ErrorManager.FORMAT_FAILURE);
      }
    }
  }

  /** The server sets the levels of some of its loggers itself, so this is asked once more. */
  private static boolean isForOperators(LogRecord entry) {
    String logger = String.valueOf(entry.getLoggerName());
    return entry.getLevel().intValue() >= Level.WARNING.intValue()
        || logger.startsWith("org.mdlibs.")
        || logger.startsWith("mdlibs.");
  }

  @Override
  public void flush() {
    WRITER.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
