package org.mdlibs.registry.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.SystemException;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;

class DatabaseFailureTest {
  @Test
  void a_commit_that_breaks_is_a_database_that_went_away() {
    var commit = new SystemException();
    commit.initCause(new XAException("FATAL: terminating connection due to administrator command"));
    assertThat(DatabaseFailure.isUnavailable(new IllegalStateException(commit))).isTrue();
    assertThat(UnexpectedMapper.ofFailure(commit)).isEqualTo(ProblemType.DATABASE_UNAVAILABLE);
  }

  @Test
  void so_is_a_connection_that_is_lost_or_ended_by_its_operator() {
    for (String state : new String[] {"08006", "57P01", "53300"}) {
      assertThat(DatabaseFailure.isUnavailable(new SQLException("gone", state))).isTrue();
    }
  }

  @Test
  void a_full_disk_is_told_as_such_also_where_the_commit_finds_it() {
    var commit = new SystemException();
    commit.initCause(new XAException("[SQLITE_FULL] The database or disk is full"));
    assertThat(UnexpectedMapper.ofFailure(commit)).isEqualTo(ProblemType.STORAGE_FULL);
  }

  @Test
  void a_broken_rule_is_neither() {
    var broken = new SQLException("duplicate key", "23505");
    assertThat(DatabaseFailure.isUnavailable(broken)).isFalse();
    assertThat(DatabaseFailure.isFull(broken)).isFalse();
  }
}
