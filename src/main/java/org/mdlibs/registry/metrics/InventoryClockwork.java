package org.mdlibs.registry.metrics;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The clockwork of {@link Inventory}. */
@Singleton
@DependsOn("Startup")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class InventoryClockwork {
  @Inject private Inventory inventory;

  /** Counts, every ten seconds at most. */
  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  public void refresh() {
    inventory.refresh();
  }
}
