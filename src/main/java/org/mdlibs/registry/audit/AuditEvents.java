package org.mdlibs.registry.audit;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.config.Chance;

/**
 * The audit log of the database. An event joins the transaction of the act that it tells of, so
 * that neither is there without the other; without a transaction it has its own. Once that has
 * committed, {@link AuditStream} tells the event too.
 */
@Stateless
public class AuditEvents {
  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Chance chance;
  @Inject private Event<AuditEvent> recorded;

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
    var event =
        new AuditEvent(
            chance.uuid(), clock.instant(), action, outcome, actor, target, detail, origin);
    entities.persist(event);
    recorded.fire(event);
  }

  /** The events that a filter lets through, the newest first. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<AuditEvent> newest(AuditFilter filter, int first, int count) {
    return query(filter, "", " order by e.happenedAt desc, e.id desc", List.of())
        .setFirstResult(first)
        .setMaxResults(count)
        .getResultList();
  }

  /** How many events a filter lets through; counting ends at {@code most}. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public long count(AuditFilter filter, int most) {
    var values = new ArrayList<Object>();
    String sql =
        "select count(*) from (select 1 from audit_events"
            + filter.sqlConditions(values)
            + " limit "
            + most
            + ") found";
    var query = entities.createNativeQuery(sql);
    bind(query, values);
    return ((Number) query.getSingleResult()).longValue();
  }

  /**
   * The events that a filter lets through, the oldest first, from the one that follows another. A
   * page costs the same however far it is from the first.
   *
   * @param last the last of the page before, or null for the first page
   */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<AuditEvent> following(AuditFilter filter, AuditEvent last, int count) {
    String order = " order by e.happenedAt, e.id";
    TypedQuery<AuditEvent> query =
        last == null
            ? query(filter, "", order, List.of())
            : query(
                filter,
                " and e.happenedAt >= ?1 and (e.happenedAt > ?1 or e.id > ?2)",
                order,
                List.of(last.happenedAt(), last.id()));
    return query.setMaxResults(count).getResultList();
  }

  private TypedQuery<AuditEvent> query(
      AuditFilter filter, String condition, String order, List<Object> given) {
    var values = new ArrayList<Object>(given);
    String jpql = "select e from AuditEvent e" + filter.jpqlConditions(values) + condition + order;
    var query = entities.createQuery(jpql, AuditEvent.class);
    bind(query, values);
    return query;
  }

  private static void bind(Query query, List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
  }

  /** Forgets the addresses that a user acted from: the one change that the database allows. */
  public void forgetAddresses(String username) {
    entities
        .createQuery(
            "update AuditEvent e set e.address = null"
                + " where e.actor = :actor and e.address is not null")
        .setParameter("actor", username)
        .executeUpdate();
  }
}
