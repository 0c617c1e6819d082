package org.mdlibs.registry.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statement that decides, on the table as the migration makes it. */
class JobTurnsTest {
  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final long NOW = 1_800_000_000_000L;

  private Connection connection;

  @BeforeEach
  void open() throws Exception {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (var file = JobTurns.class.getResourceAsStream("/db/migration/sqlite/V14__job_turns.sql");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private boolean take(String job, long now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(JobTurns.TAKE)) {
      statement.setString(1, job);
      statement.setLong(2, now);
      statement.setLong(3, JobTurns.over(now, EVERY));
      statement.setLong(4, now + EVERY.toMillis());
      return statement.executeUpdate() == 1;
    }
  }

  @Test
  void the_first_node_of_a_turn_takes_it_and_no_other() throws SQLException {
    assertThat(take("tidy", NOW)).isTrue();
    assertThat(take("tidy", NOW)).isFalse();
    assertThat(take("tidy", NOW + 200_000)).isFalse();
    assertThat(take("other", NOW)).as("a job of its own").isTrue();
  }

  @Test
  void the_next_turn_may_come_a_little_early() throws SQLException {
    assertThat(take("tidy", NOW)).isTrue();
    long next = NOW + EVERY.toMillis() - 2_000;
    assertThat(take("tidy", next)).isTrue();
    assertThat(take("tidy", next + 3_000)).isFalse();
  }

  @Test
  void a_clock_that_was_set_back_stops_no_job() throws SQLException {
    assertThat(take("tidy", NOW + Duration.ofDays(1).toMillis())).isTrue();
    assertThat(take("tidy", NOW)).isTrue();
    assertThat(take("tidy", NOW + 1_000)).isFalse();
  }
}
