package org.mdlibs.registry.readonly;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.Rows;

/** The mode that an administrator set for all nodes, in the database. */
@Stateless
public class ReadOnlyModes {
  private static final String TARGET = "registry";

  @PersistenceContext private EntityManager entities;
  @Inject private AuditEvents audit;
  @Inject private Clock clock;

  /** The mode, when it is set. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<ReadOnlyMode> find() {
    return Rows.of(entities, "select reason, since, set_by from read_only", List.of()).stream()
        .map(row -> new ReadOnlyMode((String) row[0], Rows.instant(row[1]), (String) row[2]))
        .findFirst();
  }

  /** Sets it, or another reason for it. */
  public void set(String reason, Caller caller, Origin origin) {
    entities
        .createNativeQuery(
            "insert into read_only (id, reason, since, set_by) values (1, ?, ?, ?)"
                + " on conflict (id) do update set reason = excluded.reason,"
                + " since = excluded.since, set_by = excluded.set_by")
        .setParameter(1, reason)
        .setParameter(2, clock.millis())
        .setParameter(3, caller.username())
        .executeUpdate();
    audit.record(
        origin, caller, AuditAction.REGISTRY_READ_ONLY_SET, Outcome.SUCCESS, TARGET, reason);
  }

  /** Lifts it; does nothing when it is not set. */
  public void lift(Caller caller, Origin origin) {
    if (entities.createNativeQuery("delete from read_only").executeUpdate() > 0) {
      audit.record(
          origin, caller, AuditAction.REGISTRY_READ_ONLY_LIFTED, Outcome.SUCCESS, TARGET, null);
    }
  }
}
