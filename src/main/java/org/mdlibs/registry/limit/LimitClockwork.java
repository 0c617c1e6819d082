package org.mdlibs.registry.limit;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Removes buckets that are full again. */
@Singleton
@DependsOn("Startup")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LimitClockwork {
  private static final Logger LOG = Logger.getLogger(LimitClockwork.class.getName());

  @Inject private RateLimits limits;

  /** Every minute. Also while the registry is read-only: nothing is lost, and they come anew. */
  @Schedule(hour = "*", minute = "*", second = "29", persistent = false)
  public void forget() {
    try {
      limits.forget();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "old rate limits wait for the database", e);
    }
  }
}
