package org.mdlibs.registry.metrics;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * How much the registry holds. Counting reads whole tables, so it is done now and then, and never
 * for somebody who waits: it takes a hundredth of the time, however large the tables are.
 */
@ApplicationScoped
public class Inventory {
  private static final Logger LOG = Logger.getLogger(Inventory.class.getName());
  private static final int SHARE_OF_TIME = 100;
  private static final String SQL =
      "select (select count(*) from libraries where versions_count > 0),"
          + " (select coalesce(sum(versions_count), 0) from libraries),"
          + " (select count(*) from users where erased_at is null),"
          + " (select coalesce(sum(used_bytes), 0) from namespaces)";
  private static final double UNKNOWN = Double.NaN;

  @Resource(lookup = "java:app/jdbc/registry-read")
  private DataSource database;

  @Inject private Clock clock;

  private volatile Counts counts = new Counts(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
  private volatile Instant refreshed;
  private volatile Instant next = Instant.MIN;

  /** What was counted; not a number until it was. */
  record Counts(double libraries, double versions, double users, double storedBytes) {}

  /** What was counted last. */
  Counts counts() {
    return counts;
  }

  /** When it was counted last, in seconds since 1970; not a number until it was. */
  double refreshedSeconds() {
    return refreshed == null ? UNKNOWN : refreshed.toEpochMilli() / 1e3;
  }

  /** Counts, unless that was done a short while ago. */
  void refresh() {
    Instant begin = clock.instant();
    if (begin.isBefore(next)) {
      return;
    }
    try {
      counts = count();
      refreshed = clock.instant();
    } catch (SQLException e) {
      LOG.log(Level.FINE, "the inventory waits for the database", e);
    }
    Instant end = clock.instant();
    next = end.plus(Duration.between(begin, end).multipliedBy(SHARE_OF_TIME));
  }

  private Counts count() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(SQL);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }
}
