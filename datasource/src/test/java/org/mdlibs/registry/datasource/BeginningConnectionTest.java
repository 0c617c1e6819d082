package org.mdlibs.registry.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class BeginningConnectionTest {
  @TempDir private Path folder;

  private Connection one;
  private Connection other;

  @BeforeEach
  void open() throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(0);
    var source = new PreparingSource(config);
    source.setUrl("jdbc:sqlite:" + folder.resolve("test.db"));
    one = source.getConnection();
    other = source.getConnection();
    execute(one, "create table t (x)");
    one.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    one.close();
    other.close();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from t")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void locks_nobody_out_between_transactions() throws SQLException {
    execute(other, "insert into t values (0)");
    execute(one, "insert into t values (1)");
    assertThatThrownBy(() -> execute(other, "insert into t values (2)"))
        .hasMessageContaining("SQLITE_BUSY");
    one.commit();
    execute(other, "insert into t values (3)");
    execute(one, "insert into t values (4)");
    one.rollback();
    execute(other, "insert into t values (5)");
    assertThat(rows(other)).isEqualTo(4);
  }

  @Test
  void a_transaction_that_only_reads_so_far_has_the_lock_already() throws SQLException {
    assertThat(rows(one)).isZero();
    assertThatThrownBy(() -> execute(other, "insert into t values (1)"))
        .hasMessageContaining("SQLITE_BUSY");
    one.setAutoCommit(true);
    execute(other, "insert into t values (2)");
  }

  @Test
  void statements_of_an_earlier_transaction_are_part_of_the_next() throws SQLException {
    try (PreparedStatement insert = one.prepareStatement("insert into t values (?)")) {
      insert.setInt(1, 1);
      insert.executeUpdate();
      one.commit();
      insert.executeUpdate();
      one.rollback();
      insert.addBatch();
      insert.executeBatch();
      insert.addBatch();
      insert.executeBatch();
      one.rollback();
    }
    assertThat(rows(other)).isEqualTo(1);
  }

  @Test
  void commits_what_is_under_way_when_it_commits_by_itself_again() throws SQLException {
    execute(one, "insert into t values (1)");
    one.setAutoCommit(true);
    execute(one, "insert into t values (2)");
    assertThat(rows(other)).isEqualTo(2);
    assertThatThrownBy(one::commit).hasMessageContaining("auto-commit");
    assertThatThrownBy(one::rollback).hasMessageContaining("auto-commit");
  }

  @Test
  void ends_transactions_in_which_nothing_was_done() throws SQLException {
    one.commit();
    one.rollback();
    one.setAutoCommit(true);
    one.setAutoCommit(false);
    one.setAutoCommit(false);
    one.commit();
    assertThat(rows(other)).isZero();
  }

  @Test
  void whoever_was_too_late_for_the_lock_can_try_again() throws SQLException {
    other.setAutoCommit(false);
    execute(other, "insert into t values (1)");
    assertThatThrownBy(() -> execute(one, "insert into t values (2)"))
        .hasMessageContaining("SQLITE_BUSY");
    one.rollback();
    other.commit();
    execute(one, "insert into t values (3)");
    one.commit();
    assertThat(rows(other)).isEqualTo(2);
  }
}
