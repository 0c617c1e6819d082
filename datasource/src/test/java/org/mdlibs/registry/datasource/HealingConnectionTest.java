package org.mdlibs.registry.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class HealingConnectionTest {
  @TempDir private Path folder;

  private final List<Connection> opened = new ArrayList<>();
  private SQLiteDataSource source;

  @BeforeEach
  void open() {
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
    try (Connection connection = HealingConnection.open(source)) {
      execute(connection, "create table t (x)");
      opened.get(0).close();
      execute(connection, "insert into t values (1)");
      assertThat(opened).hasSize(2);
    }
    assertThat(opened).allMatch(HealingConnectionTest::isClosed);
  }

  @Test
  void never_swaps_the_connection_of_a_transaction_that_has_begun() throws SQLException {
    try (Connection connection = HealingConnection.open(source)) {
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
  void stays_closed_once_its_user_closed_it() throws SQLException {
    Connection connection = HealingConnection.open(source);
    connection.close();
    assertThat(connection.isClosed()).isTrue();
    assertThatThrownBy(() -> execute(connection, "select 1")).isInstanceOf(SQLException.class);
    assertThat(opened).hasSize(1);
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
