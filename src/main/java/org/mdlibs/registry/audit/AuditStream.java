package org.mdlibs.registry.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.log.JsonLine;
import org.mdlibs.registry.log.LogMembers;

/**
 * The audit log as a stream: each event that was committed, and none that was not, as one line of
 * JSON by the logger {@value #LOGGER}, which an operator can send wherever he wants. In the log's
 * own JSON form the event is the member {@code audit} of the line.
 */
@ApplicationScoped
public class AuditStream {
  /** The name of the logger. */
  public static final String LOGGER = "mdlibs.audit";

  private static final Logger LOG = Logger.getLogger(LOGGER);

  void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuditEvent event) {
    JsonLine members = AuditLine.members(event);
    String message = event.action() + " " + event.outcome();
    new LogMembers(message, members.toString(), new JsonLine().add("audit", members))
        .log(LOG, Level.INFO);
  }
}
