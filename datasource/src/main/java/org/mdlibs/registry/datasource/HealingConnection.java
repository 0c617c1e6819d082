package org.mdlibs.registry.datasource;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A connection that comes back by itself after the database was away.
 *
 * <p>Containers keep the connections of their pools; how one that has died is found out is set in
 * other words on every server. So this is done here: when work begins on a connection that its
 * driver has closed (as drivers do after a failure of the network), a new one takes its place. In
 * the middle of a transaction nothing is replaced: the failure is told.
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

  private final DataSource source;
  private Connection connection;
  private boolean autoCommit = true;
  private boolean inTransaction;
  private boolean closed;

  private HealingConnection(DataSource source, Connection connection) {
    this.source = source;
    this.connection = connection;
  }

  static Connection open(DataSource source) throws SQLException {
    var handler = new HealingConnection(source, connect(source));
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
    if (!closed && autoCommit && BEGINNINGS.contains(name) && connection.isClosed()) {
      connection = connect(source);
    }
    if (!autoCommit && BEGINNINGS.contains(name)) {
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
