package org.mdlibs.registry.datasource;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * A connection that comes back by itself after the database was away.
 *
 * <p>Containers keep the connections of their pools; how one that has died is found out is set in
 * other words on every server. So this is done here: when work begins on a connection that its
 * driver has closed (as drivers do after a failure of the network), a new one takes its place. In
 * the middle of a transaction nothing is replaced: the failure is told.
 *
 * <p>One connection that breaks tells of the others: a driver does not know of a connection's death
 * before it is used, so each that was last asked before the break is asked whether it lives when
 * work begins on it. So a restart of the database costs one failed request at most, not one for
 * each connection of the pool. One that has rested long is asked too, since firewalls forget
 * connections without a word.
 *
 * <p>A connection whose transaction could not be ended is closed too. SQLite ends one by itself
 * when the disk is full, which its driver does not notice: without this every later statement would
 * be a transaction of its own.
 */
final class HealingConnection implements InvocationHandler {
  /** The calls with which a unit of work can begin. */
  private static final Set<String> BEGINNINGS =
      Set.of(
          "prepareStatement",
          "createStatement",
          "prepareCall",
          "setAutoCommit",
          "setClientInfo",
          "isValid");

  private static final Set<String> CLOSINGS = Set.of("close", "abort");

  /** The calls that end a transaction. */
  private static final Set<String> ENDS = Set.of("commit", "rollback");

  private static final long RESTED_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int ANSWER_SECONDS = 5;

  private final DataSource source;
  private final AtomicLong breaks;
  private Connection connection;
  private long breaksSeen;
  private long usedAt = System.nanoTime();
  private boolean autoCommit = true;
  private boolean inTransaction;
  private boolean closed;
  private boolean broken;

  private HealingConnection(DataSource source, AtomicLong breaks) throws SQLException {
    this.source = source;
    this.breaks = breaks;
    this.breaksSeen = breaks.get();
    this.connection = connect(source);
  }

  /**
   * Opens a connection.
   *
   * @param breaks how many connections to the same database have broken so far, which each counts
   *     up
   */
  static Connection open(DataSource source, AtomicLong breaks) throws SQLException {
    var handler = new HealingConnection(source, breaks);
    PoolCounts.opened();
    return (Connection)
        Proxy.newProxyInstance(
            HealingConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
  }

  private static Connection connect(DataSource source) throws SQLException {
    try {
      return source.getConnection();
    } catch (SQLException e) {
      PoolCounts.failed();
      throw e;
    }
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class) {
      return switch (name) {
        case "equals" -> proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "connection to " + connection;
      };
    }
    tellOfBreak();
    boolean beginning = BEGINNINGS.contains(name);
    if (beginning && autoCommit && !closed) {
      try {
        heal();
      } catch (SQLException e) {
        throw name.equals("setClientInfo") ? new SQLClientInfoException(Map.of(), e) : e;
      }
    }
    if (beginning && !autoCommit) {
      note(true);
    }
    try {
      Object result = method.invoke(connection, arguments);
      if (name.equals("setAutoCommit")) {
        autoCommit = (Boolean) arguments[0];
      }
      return result;
    } catch (InvocationTargetException e) {
      if (ENDS.contains(name)) {
        discard(e.getCause());
      }
      if (connection.isClosed()) {
        // What was begun is lost with the connection, so the next unit of work may have a new one.
        autoCommit = true;
        tellOfBreak();
      }
      throw e.getCause();
    } finally {
      if (autoCommit || ENDS.contains(name)) {
        note(false);
      }
      if (CLOSINGS.contains(name)) {
        close();
      }
    }
  }

  /**
   * Counts a connection that its driver has closed. Most often a statement fails, which is not seen
   * here, and the next call of the connection (a roll-back) tells it.
   */
  private void tellOfBreak() throws SQLException {
    if (!closed && !broken && connection.isClosed()) {
      broken = true;
      breaks.incrementAndGet();
    }
  }

  /** Puts a living connection in the place of a dead one. */
  private void heal() throws SQLException {
    long now = System.nanoTime();
    long count = breaks.get();
    boolean doubtful = count != breaksSeen || now - usedAt > RESTED_NANOS;
    usedAt = now;
    if (connection.isClosed() || (doubtful && !lives())) {
      connection = connect(source);
      broken = false;
    }
    breaksSeen = count;
  }

  private boolean lives() throws SQLException {
    if (connection.isValid(ANSWER_SECONDS)) {
      return true;
    }
    connection.close();
    return false;
  }

  private void close() {
    if (!closed) {
      closed = true;
      note(false);
      PoolCounts.closed();
    }
  }

  private void note(boolean transaction) {
    if (transaction != inTransaction) {
      inTransaction = transaction;
      if (transaction) {
        PoolCounts.began();
      } else {
        PoolCounts.ended();
      }
    }
  }

  private void discard(Throwable reason) {
    try {
      connection.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
