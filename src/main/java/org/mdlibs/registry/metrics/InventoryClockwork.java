package org.mdlibs.registry.metrics;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.mdlibs.registry.config.Stopping;

/** The clockwork of {@link Inventory}. */
@Singleton
@DependsOn("Startup")
@TransactionManagement(TransactionManagementType.BEAN)
public class InventoryClockwork {
  @Inject private Inventory inventory;

  /** Counts, every ten seconds at most; not at the stop, when the data source goes first. */
  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  public void refresh() {
    if (Stopping.current() == Stopping.NO) {
      inventory.refresh();
    }
  }
}
