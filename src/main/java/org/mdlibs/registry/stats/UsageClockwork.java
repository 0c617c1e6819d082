package org.mdlibs.registry.stats;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.job.JobTurns;
import org.mdlibs.registry.readonly.ReadOnly;

/** Forgets single downloads when their time is over; the days that they were counted in stay. */
@Singleton
@DependsOn("Startup")
@TransactionManagement(TransactionManagementType.BEAN)
public class UsageClockwork {
  /** How long calls are kept by day. */
  static final Duration CALLS_KEPT = Duration.ofDays(400);

  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final Logger LOG = Logger.getLogger(UsageClockwork.class.getName());

  @Inject private UsageCounts counts;
  @Inject private RegistryConfig config;
  @Inject private ReadOnly readOnly;
  @Inject private JobTurns turns;
  @Inject private Clock clock;

  /** Every five minutes, on one node, so that none of the deletions is large. */
  @Schedule(hour = "*", minute = "*/5", second = "23", persistent = false)
  public void forget() {
    if (readOnly.isOn()) {
      return;
    }
    Instant now = clock.instant();
    try {
      if (!turns.take("usage.forget", EVERY)) {
        return;
      }
      Instant end = now.minus(Duration.ofDays(config.downloads().eventDays()));
      while (counts.forgetDownloads(end) == UsageCounts.FORGOTTEN_AT_ONCE) {
        // One short transaction each: nobody waits for the whole.
      }
      counts.forgetErased();
      counts.forgetCalls(UsageCounter.day(now.minus(CALLS_KEPT)));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "old downloads wait for the database", e);
    }
  }
}
