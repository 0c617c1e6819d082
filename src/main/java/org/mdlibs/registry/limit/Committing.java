package org.mdlibs.registry.limit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Gives connections back to their pool as they came from it: Bucket4j begins transactions on them,
 * and leaves it to whoever is next that each statement commits.
 */
final class Committing {
  private Committing() {}

  /** A data source whose connections commit each statement again when they are closed. */
  static DataSource connectionsOf(DataSource pool) {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Object result = call(pool, method, arguments);
          return result instanceof Connection connection ? returning(connection) : result;
        });
  }

  private static Connection returning(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          if (method.getName().equals("close")) {
            reset(connection);
          }
          return call(connection, method, arguments);
        });
  }

  private static void reset(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // Broken; the pool finds that out too.
    }
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Committing.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
