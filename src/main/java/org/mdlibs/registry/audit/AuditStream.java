package org.mdlibs.registry.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.logging.Logger;

/**
 * The audit log as a stream: each event that was committed, and none that was not, as one line of
 * JSON by the logger {@value #LOGGER}, which an operator can send wherever he wants.
 */
@ApplicationScoped
public class AuditStream {
  /** The name of the logger. */
  public static final String LOGGER = "mdlibs.audit";

  private static final Logger LOG = Logger.getLogger(LOGGER);

  void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuditEvent event) {
    LOG.info(AuditLine.of(event));
  }
}
