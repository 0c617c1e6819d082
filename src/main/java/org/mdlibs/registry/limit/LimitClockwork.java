package org.mdlibs.registry.limit;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.job.JobTurns;

/** Removes buckets that are full again. */
@Singleton
@DependsOn("Startup")
@TransactionManagement(TransactionManagementType.BEAN)
public class LimitClockwork {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Logger LOG = Logger.getLogger(LimitClockwork.class.getName());

  @Inject private RateLimits limits;
  @Inject private JobTurns turns;

  /**
   * Every minute, on one node. Also while the registry is read-only: nothing is lost, and they come
   * anew.
   */
  @Schedule(hour = "*", minute = "*", second = "29", persistent = false)
  public void forget() {
    try {
      if (turns.take("limits.forget", EVERY)) {
        limits.forget();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "old rate limits wait for the database", e);
    }
  }
}
