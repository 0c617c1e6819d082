package org.mdlibs.registry.datasource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.commons.dbcp2.DelegatingConnection;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.apache.commons.dbcp2.PStmtKey;
import org.apache.commons.dbcp2.PoolingConnection;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * SQLite connections that keep their prepared statements. SQLite compiles a statement each time
 * that it is prepared, which takes longer than to run most; PostgreSQL's driver keeps them itself.
 */
final class PreparingSource extends SQLiteDataSource {
  private static final int MOST_STATEMENTS = 100;

  PreparingSource(SQLiteConfig config) {
    super(config);
  }

  @Override
  public Connection getConnection() throws SQLException {
    var sqlite = new BeginningConnection(getUrl(), getConfig().toProperties());
    var connection = new SoundConnection(new KeepingConnection(sqlite));
    var config = new GenericKeyedObjectPoolConfig<DelegatingPreparedStatement>();
    // One that is in use already is prepared once more; over the limit the idle ones are closed.
    config.setMaxTotalPerKey(-1);
    config.setMaxIdlePerKey(1);
    config.setMaxTotal(MOST_STATEMENTS);
    config.setBlockWhenExhausted(false);
    config.setJmxEnabled(false);
    config.setTestOnReturn(true);
    connection.setStatementPool(new GenericKeyedObjectPool<>(connection, config));
    return connection;
  }

  /**
   * Takes no statement back that failed: after most failures the driver has closed what is beneath
   * it, and whoever got it next would fail too.
   */
  private static final class SoundConnection extends PoolingConnection {
    SoundConnection(Connection connection) {
      super(connection);
    }

    @Override
    public boolean validateObject(
        PStmtKey key, PooledObject<DelegatingPreparedStatement> statement) {
      return !(statement.getObject().getDelegate() instanceof KeptStatement kept && kept.failed);
    }
  }

  /** The statements' parameters stay when the pool clears them: SQLite would compile them again. */
  private static final class KeepingConnection extends DelegatingConnection<BeginningConnection> {
    KeepingConnection(BeginningConnection connection) {
      super(connection);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
      return kept(getDelegate().prepareStatement(sql));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency)
        throws SQLException {
      return kept(getDelegate().prepareStatement(sql, type, concurrency));
    }

    private KeptStatement kept(PreparedStatement statement) {
      return new KeptStatement(this, getDelegate(), statement);
    }
  }

  private static final class KeptStatement extends DelegatingPreparedStatement {
    private final BeginningConnection sqlite;
    private boolean failed;

    KeptStatement(
        DelegatingConnection<?> connection,
        BeginningConnection sqlite,
        PreparedStatement statement) {
      super(connection, statement);
      this.sqlite = sqlite;
    }

    @Override
    public int[] executeBatch() throws SQLException {
      // The one way to execute of which the driver does not tell its connection.
      sqlite.begin();
      return super.executeBatch();
    }

    @Override
    protected void handleException(SQLException e) throws SQLException {
      failed = true;
      super.handleException(e);
    }

    @Override
    public void clearParameters() {
      // Whoever prepares a statement sets all its parameters.
    }
  }
}
