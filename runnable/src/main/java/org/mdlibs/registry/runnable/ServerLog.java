package org.mdlibs.registry.runnable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/**
 * The log: to stderr, in the format that {@code logging.properties} names.
 *
 * <p>While the server starts it also looks out for the reason of a failure. A server that cannot
 * deploy an application says so many times over, on hundreds of lines, and then goes on without it;
 * whoever started the registry wants the one sentence in the middle of it.
 */
public final class ServerLog extends StreamHandler {
  private static volatile StartFailure failure = new StartFailure();
  private static volatile boolean starting;
  private static volatile boolean verbose;

  /** Made by the log manager, from {@code logging.properties}. */
  public ServerLog() {
    super(new FileOutputStream(FileDescriptor.err), formatter());
    setLevel(Level.ALL);
    try {
      setEncoding(StandardCharsets.UTF_8.name());
    } catch (java.io.UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
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

  @Override
  public synchronized void publish(LogRecord entry) {
    boolean held = starting && failure.takes(entry);
    if (verbose || (!held && isForOperators(entry))) {
      super.publish(entry);
      flush();
    }
  }

  /** The server sets the levels of some of its loggers itself, so this is asked once more. */
  private static boolean isForOperators(LogRecord entry) {
    return entry.getLevel().intValue() >= Level.WARNING.intValue()
        || String.valueOf(entry.getLoggerName()).startsWith("org.mdlibs.");
  }

  @Override
  public synchronized void close() {
    // Stderr stays open for whoever writes there after the log is closed.
    flush();
  }

  @Override
  protected void reportError(String message, Exception e, int code) {
    if (code != ErrorManager.FLUSH_FAILURE) {
      super.reportError(message, e, code);
    }
  }
}
