package org.mdlibs.registry.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class HealingConnectionTest {
  @TempDir private Path folder;

  private final List<Connection> opened = new ArrayList<>();
  private final AtomicLong breaks = new AtomicLong();
  private Connection dead;
  private SQLiteDataSource source;

  @BeforeEach
  void open() {
    PoolCounts.publish();
    source =
        new SQLiteDataSource() {
          @Override
          public org.sqlite.SQLiteConnection getConnection(String user, String password)
              throws SQLException {
            var connection = super.getConnection(user, password);
            opened.add(connection);
            return connection;
          }
        };
    source.setUrl("jdbc:sqlite:" + folder.resolve("test.db"));
  }

  @Test
  void works_on_after_its_driver_closed_it() throws SQLException {
    try (Connection connection = HealingConnection.open(source, breaks)) {
      execute(connection, "create table t (x)");
      opened.get(0).close();
      execute(connection, "insert into t values (1)");
      assertThat(opened).hasSize(2);
    }
    assertThat(opened).allMatch(HealingConnectionTest::isClosed);
  }

  @Test
  void asks_the_others_once_when_one_has_broken() throws SQLException {
    var asked = new ArrayList<Connection>();
    DataSource telling = telling(asked);
    try (Connection one = HealingConnection.open(telling, breaks);
        Connection other = HealingConnection.open(telling, breaks)) {
      execute(one, "create table t (x)");
      execute(other, "insert into t values (1)");
      assertThat(asked).isEmpty();
      one.setAutoCommit(false);
      opened.get(0).close();
      assertThatThrownBy(() -> execute(one, "insert into t values (1)"))
          .isInstanceOf(SQLException.class);

      dead = opened.get(1);
      execute(other, "insert into t values (2)");
      assertThat(asked).containsExactly(dead);
      assertThat(dead.isClosed()).isTrue();
      assertThat(opened).hasSize(3);
      execute(other, "insert into t values (3)");
      assertThat(asked).hasSize(1);
      assertThat(rows(one)).isEqualTo(3);
    }
  }

  /** A source whose connections tell when they are asked whether they live. */
  private DataSource telling(List<Connection> asked) {
    return proxy(
        DataSource.class,
        source,
        (method, connection) ->
            method.equals("getConnection")
                ? proxy(
                    Connection.class,
                    connection,
                    (called, result) -> {
                      if (called.equals("isValid")) {
                        asked.add((Connection) connection);
                        return connection != dead;
                      }
                      return result;
                    })
                : connection);
  }

  private static <T> T proxy(Class<T> type, Object target, BinaryOperator<Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return answer.apply(method.getName(), method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Test
  void never_swaps_the_connection_of_a_transaction_that_has_begun() throws SQLException {
    try (Connection connection = HealingConnection.open(source, breaks)) {
      connection.setAutoCommit(false);
      execute(connection, "create table t (x)");
      opened.get(0).close();
      assertThatThrownBy(() -> execute(connection, "insert into t values (1)"))
          .isInstanceOf(SQLException.class);
      connection.setAutoCommit(true);
      assertThatThrownBy(() -> execute(connection, "insert into t values (1)"))
          .hasMessageContaining("no such table");
    }
  }

  @Test
  void tells_how_many_are_open_and_in_a_transaction() throws SQLException {
    int open = PoolCounts.open();
    int busy = PoolCounts.inTransaction();
    try (Connection connection = HealingConnection.open(source, breaks)) {
      assertThat(PoolCounts.open()).isEqualTo(open + 1);
      execute(connection, "create table t (x)");
      assertThat(PoolCounts.inTransaction()).isEqualTo(busy);
      connection.setAutoCommit(false);
      execute(connection, "insert into t values (1)");
      assertThat(PoolCounts.inTransaction()).isEqualTo(busy + 1);
      connection.rollback();
      assertThat(PoolCounts.inTransaction()).isEqualTo(busy);
      execute(connection, "insert into t values (1)");
      connection.setAutoCommit(true);
      assertThat(PoolCounts.inTransaction()).isEqualTo(busy);
      connection.setAutoCommit(false);
      execute(connection, "insert into t values (2)");
    }
    assertThat(PoolCounts.inTransaction()).isEqualTo(busy);
    assertThat(PoolCounts.open()).isEqualTo(open);
  }

  @Test
  void counts_connections_that_cannot_be_opened() {
    long failures = PoolCounts.failures();
    int open = PoolCounts.open();
    source.setUrl("jdbc:sqlite:" + folder);
    assertThatThrownBy(() -> HealingConnection.open(source, breaks))
        .isInstanceOf(SQLException.class);
    assertThat(PoolCounts.failures()).isEqualTo(failures + 1);
    assertThat(PoolCounts.open()).isEqualTo(open);
  }

  @Test
  void stays_closed_once_its_user_closed_it() throws SQLException {
    Connection connection = HealingConnection.open(source, breaks);
    connection.close();
    assertThat(connection.isClosed()).isTrue();
    assertThatThrownBy(() -> execute(connection, "select 1")).isInstanceOf(SQLException.class);
    assertThat(opened).hasSize(1);
  }

  @Test
  void a_full_disk_in_a_transaction_leaves_no_half_of_it_and_no_trace_in_the_next()
      throws SQLException {
    try (Connection connection = HealingConnection.open(source, breaks)) {
      execute(connection, "create table t (x)");
      execute(connection, "pragma max_page_count = 20");
      connection.setAutoCommit(false);
      execute(connection, "insert into t values ('half')");
      assertThatThrownBy(() -> execute(connection, "insert into t values (zeroblob(1000000))"))
          .hasMessageContaining("SQLITE_FULL");
      try {
        connection.rollback();
      } catch (SQLException e) {
        // SQLite has done it already.
        assertThat(e.getMessage()).contains("no transaction is active");
      }
      connection.setAutoCommit(true);
      connection.setAutoCommit(false);
      execute(connection, "insert into t values ('one')");
      execute(connection, "insert into t values ('two')");
      connection.rollback();
      connection.setAutoCommit(true);
      assertThat(rows(connection)).isZero();
      connection.setAutoCommit(false);
      execute(connection, "insert into t values ('three')");
      connection.commit();
      connection.setAutoCommit(true);
      assertThat(rows(connection)).isEqualTo(1);
    }
  }

  @Test
  void a_transaction_that_cannot_be_committed_takes_its_connection_with_it() throws SQLException {
    try (Connection connection = HealingConnection.open(source, breaks)) {
      execute(connection, "create table t (x)");
      connection.setAutoCommit(false);
      execute(connection, "insert into t values ('one')");
      // What SQLite does by itself when the disk is full.
      execute(connection, "rollback");
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
      connection.setAutoCommit(false);
      execute(connection, "insert into t values ('two')");
      connection.rollback();
      assertThat(rows(connection)).isZero();
      assertThat(opened).hasSize(2);
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from t")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
