package org.mdlibs.registry.webhook;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.readonly.ReadOnly;

/** What has to be done about webhooks when time passes; on every node. */
@Singleton
@DependsOn("Startup")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookClockwork {
  private static final Logger LOG = Logger.getLogger(WebhookClockwork.class.getName());
  private static final Duration KEPT = Duration.ofDays(7);

  @Inject private Courier courier;
  @Inject private Deliveries deliveries;
  @Inject private Webhooks webhooks;
  @Inject private RegistryConfig config;
  @Inject private ReadOnly readOnly;
  @Inject private Clock clock;

  /** Sends what is due, every second. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void send() {
    try {
      courier.send();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "webhooks wait for the database", e);
    }
  }

  /** Forgets old deliveries, and wraps secrets that are in clear, every five minutes. */
  @Schedule(hour = "*", minute = "*/5", second = "37", persistent = false)
  public void tidy() {
    if (readOnly.isOn()) {
      return;
    }
    try {
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
