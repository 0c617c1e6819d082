package org.mdlibs.registry.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.mdlibs.registry.library.VersionEvent;

/**
 * Hears of events within their transaction: either both the event and its deliveries are there, or
 * neither.
 */
@ApplicationScoped
public class Outbox {
  @Inject private Deliveries deliveries;

  void note(@Observes VersionEvent event) {
    deliveries.add(event);
  }
}
