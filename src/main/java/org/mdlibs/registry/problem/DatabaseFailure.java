package org.mdlibs.registry.problem;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;

/** What a failure of the database means, whichever exceptions wrap it. */
public final class DatabaseFailure {
  /** SQLITE_BUSY, READONLY, IOERR, CANTOPEN. */
  private static final Set<Integer> SQLITE_AWAY = Set.of(5, 8, 10, 14);

  private static final int SQLITE_CONSTRAINT = 19;
  private static final int SQLITE_FULL = 13;
  private static final int ATTEMPTS = 3;

  private DatabaseFailure() {}

  /**
   * Runs a transaction, and again when a rival's row won: the second run sees that row and can say
   * what it means.
   */
  public static <T> T retryWhenARivalWins(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || !isUniqueViolation(e)) {
          throw e;
        }
      }
    }
  }

  /** SQLSTATE 23505, or a constraint of SQLite. */
  public static boolean isUniqueViolation(Throwable failure) {
    return any(
        failure,
        e -> "23505".equals(e.getSQLState()) || (isSqlite(e) && code(e) == SQLITE_CONSTRAINT));
  }

  /**
   * SQLSTATE classes 08 (connection), 57P (operator intervention), 53; SQLite that cannot get at
   * its file, or not before others.
   */
  static boolean isUnavailable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // The database is all that takes part in transactions: where the commit itself breaks, it
      // went
      // away, and of the reason the container hands on the message alone.
      if (cause instanceof XAException
          || String.valueOf(cause.getMessage()).contains("Error in allocating a connection")) {
        return true;
      }
    }
    return any(
        failure,
        e -> {
          String state = String.valueOf(e.getSQLState());
          return e instanceof SQLTransientException
              || state.startsWith("08")
              || state.startsWith("53")
              || state.startsWith("57P")
              || (isSqlite(e) && SQLITE_AWAY.contains(code(e)));
        });
  }

  /** A full disk: SQLSTATE 53100, SQLITE_FULL, or what the file system says. */
  static boolean isFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // Of a commit that failed the container hands on the message alone.
      if (DiskFull.isSaidBy(cause)
          || String.valueOf(cause.getMessage()).contains("[SQLITE_FULL]")) {
        return true;
      }
    }
    return any(
        failure, e -> "53100".equals(e.getSQLState()) || (isSqlite(e) && code(e) == SQLITE_FULL));
  }

  private static boolean any(Throwable failure, Predicate<SQLException> test) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && test.test(sql)) {
        return true;
      }
    }
    return false;
  }

  /** The primary result code, without SQLite's extension of it. */
  private static int code(SQLException e) {
    return e.getErrorCode() & 0xff;
  }

  private static boolean isSqlite(SQLException e) {
    return e.getClass().getName().startsWith("org.sqlite");
  }
}
