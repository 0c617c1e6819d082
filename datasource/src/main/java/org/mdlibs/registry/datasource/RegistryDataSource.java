package org.mdlibs.registry.datasource;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;

/**
 * Opens connections to the configured database. It does not pool: the container, which {@code
 * web.xml} gives this class to, does.
 *
 * <p>SQLite: write-ahead log, {@code synchronous=FULL} (a commit that was answered survives a power
 * cut), transactions that take the write lock when they begin (a transaction that reads first would
 * fail with SQLITE_BUSY instead of waiting), and 10 s of waiting for it.
 */
public class RegistryDataSource implements DataSource {
  private static final int BUSY_TIMEOUT_MS = 10_000;
  private static final int CONNECT_TIMEOUT_SECONDS = 5;
  private static final int SOCKET_TIMEOUT_SECONDS = 60;
  private static final int PAGE_CACHE_KIB = 16 * 1024;

  /** The same for both pools, which are of one database. */
  private static final AtomicLong BREAKS = new AtomicLong();

  private volatile DataSource target;

  @Override
  public Connection getConnection() throws SQLException {
    return HealingConnection.open(target(), BREAKS);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    // Containers pass the (empty) user of their descriptor; the settings decide alone.
    return getConnection();
  }

  private DataSource target() throws SQLException {
    DataSource found = target;
    if (found == null) {
      try {
        Config config = config();
        found = open(DatabaseUrl.of(key -> config.getOptionalValue(key, String.class)));
      } catch (IllegalArgumentException | IOException e) {
        throw new SQLException(e.getMessage(), e);
      }
      target = found;
      PoolCounts.publish();
    }
    return found;
  }

  /** The settings; a server that deploys may ask for a connection on a thread without a loader. */
  private static Config config() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return ConfigProvider.getConfig(
        loader == null ? RegistryDataSource.class.getClassLoader() : loader);
  }

  /**
   * Makes a data source whose transactions read one snapshot and lock nobody out; they cannot
   * write.
   *
   * @throws IOException when the folder of a SQLite database cannot be made
   */
  public static DataSource openForSnapshots(DatabaseUrl database) throws IOException {
    DataSource source = open(database);
    if (source instanceof PGSimpleDataSource postgresql) {
      postgresql.setOptions(
          "-c default_transaction_isolation=repeatable\\ read"
              + " -c default_transaction_read_only=on");
    } else if (source instanceof PreparingSource sqlite) {
      sqlite.getConfig().setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
    }
    return source;
  }

  /**
   * Makes the driver's data source for a database.
   *
   * @throws IOException when the folder of a SQLite database cannot be made
   */
  public static DataSource open(DatabaseUrl database) throws IOException {
    if (database.kind() == DatabaseUrl.Kind.POSTGRESQL) {
      var postgresql = new PGSimpleDataSource();
      postgresql.setUrl(database.jdbcUrl());
      postgresql.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
      postgresql.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
      postgresql.setTcpKeepAlive(true);
      postgresql.setApplicationName("mdlibs-registry");
      if (database.user() != null) {
        postgresql.setUser(database.user());
        postgresql.setPassword(database.password());
      }
      return postgresql;
    }
    Files.createDirectories(
        Path.of(database.jdbcUrl().substring("jdbc:sqlite:".length())).getParent());
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.enforceForeignKeys(true);
    config.setCacheSize(-PAGE_CACHE_KIB);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    var sqlite = new PreparingSource(config);
    sqlite.setUrl(database.jdbcUrl());
    return sqlite;
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // The drivers log through java.util.logging.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The timeouts above hold; a container sets 0 here.
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("not a " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
