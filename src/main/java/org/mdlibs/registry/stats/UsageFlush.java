package org.mdlibs.registry.stats;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * The clockwork of {@link UsageCounter}, apart from it: a call of an enterprise bean was measured
 * to cost a download a tenth of its time.
 */
@Singleton
@DependsOn("Startup")
@TransactionManagement(TransactionManagementType.BEAN)
public class UsageFlush {
  @Inject private UsageCounter counter;

  /** Writes what was counted, every second. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void flush() {
    counter.flush();
  }
}
