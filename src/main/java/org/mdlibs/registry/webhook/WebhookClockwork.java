package org.mdlibs.registry.webhook;

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

/** What has to be done about webhooks when time passes. */
@Singleton
@DependsOn("Startup")
@TransactionManagement(TransactionManagementType.BEAN)
public class WebhookClockwork {
  private static final Logger LOG = Logger.getLogger(WebhookClockwork.class.getName());
  private static final Duration TIDY_EVERY = Duration.ofMinutes(5);
  private static final Duration KEPT = Duration.ofDays(7);

  @Inject private Courier courier;
  @Inject private Deliveries deliveries;
  @Inject private Webhooks webhooks;
  @Inject private RegistryConfig config;
  @Inject private ReadOnly readOnly;
  @Inject private JobTurns turns;
  @Inject private Clock clock;

  /** Sends what is due, every second; each node takes some. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void send() {
    try {
      courier.send();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "webhooks wait for the database", e);
    }
  }

  /**
   * Forgets old deliveries, and wraps secrets that are in clear, every five minutes, on one node.
   */
  @Schedule(hour = "*", minute = "*/5", second = "37", persistent = false)
  public void tidy() {
    if (readOnly.isOn()) {
      return;
    }
    try {
      if (!turns.take("webhooks.tidy", TIDY_EVERY)) {
        return;
      }
      Instant end = clock.instant().minus(KEPT);
      while (deliveries.forget(end) == Deliveries.FORGOTTEN_AT_ONCE) {
        // One short transaction each: nobody waits for the whole.
      }
      if (config.secretBox().isPresent()) {
        webhooks.protect();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "old deliveries wait for the database", e);
    }
  }
}
