package org.mdlibs.registry.audit;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.config.Chance;

/**
 * The audit log of the database. An event joins the transaction of the act that it tells of, so
 * that neither is there without the other; without a transaction it has its own.
 */
@Stateless
public class AuditEvents {
  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Chance chance;

  /**
   * Writes an event.
   *
   * @param actor who did it, or null when nobody is known
   * @param target on what: {@code user:ann}, {@code team:docs}, {@code @ann/notes@1.0.0}
   * @param detail what more there is to say, or null; never a secret
   */
  public void record(
      Origin origin,
      Caller actor,
      AuditAction action,
      Outcome outcome,
      String target,
      String detail) {
    entities.persist(
        new AuditEvent(
            chance.uuid(), clock.instant(), action, outcome, actor, target, detail, origin));
  }
}
