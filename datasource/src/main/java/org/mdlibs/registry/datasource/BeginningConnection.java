package org.mdlibs.registry.datasource;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * A connection to SQLite whose transactions begin with their first statement.
 *
 * <p>The driver begins the next transaction as soon as one has ended, and with it takes the write
 * lock: until it is told to commit by itself again, which Open Liberty does later than Payara and
 * WildFly, nobody else can write. And where another was faster with the lock, a commit that was
 * done would fail.
 */
final class BeginningConnection extends JDBC4Connection {
  static final String PREFIX = "jdbc:sqlite:";

  private boolean beginsNext;

  BeginningConnection(String url, Properties properties) throws SQLException {
    super(url, url.substring(PREFIX.length()), properties);
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    checkOpen();
    if (autoCommit != getAutoCommit()) {
      if (autoCommit && !beginsNext) {
        end("commit;");
      }
      beginsNext = !autoCommit;
      getConnectionConfig().setAutoCommit(autoCommit);
    }
  }

  @Override
  public void commit() throws SQLException {
    requireTransaction();
    if (!beginsNext) {
      end("commit;");
    }
  }

  @Override
  public void rollback() throws SQLException {
    requireTransaction();
    if (!beginsNext) {
      end("rollback;");
    }
  }

  private void requireTransaction() throws SQLException {
    checkOpen();
    if (getAutoCommit()) {
      throw new SQLException("database in auto-commit mode");
    }
  }

  private void end(String sql) throws SQLException {
    getDatabase().exec(sql, false);
    beginsNext = true;
  }

  /** Begins the transaction whose first statement comes now. */
  void begin() throws SQLException {
    if (beginsNext) {
      getDatabase().exec(transactionPrefix(), false);
      beginsNext = false;
    }
  }

  /** Before a statement that was prepared in an earlier transaction. */
  @Override
  public void tryEnforceTransactionMode() throws SQLException {
    begin();
    super.tryEnforceTransactionMode();
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    begin();
    return super.createStatement(type, concurrency, holdability);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    begin();
    return super.prepareStatement(sql, type, concurrency, holdability);
  }
}
