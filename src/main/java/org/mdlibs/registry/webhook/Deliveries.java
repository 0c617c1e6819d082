package org.mdlibs.registry.webhook;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.library.VersionEvent;
import org.mdlibs.registry.name.Paging;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * The deliveries of the database. A webhook's deliveries are one node's at a time, by a lease in
 * the webhook's row: so they go out one after the other, in the order of their events but for those
 * that are tried again; and what a node had begun when it died is sent again by another.
 */
@Stateless
public class Deliveries {
  /** How long a node may take for a turn; longer than any takes. */
  static final Duration LEASE = Duration.ofMinutes(2);

  /** Deliveries that one transaction forgets. */
  static final int FORGOTTEN_AT_ONCE = 1_000;

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Chance chance;

  /** A webhook whose deliveries are this node's until a moment. */
  public record Lease(UUID webhook, Instant until) {}

  /** What is to be sent. */
  public record Delivery(UUID id, UUID webhook, String event, String payload, int attempts) {}

  /** Notes an event for each webhook of its scope that wants it, in the event's transaction. */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public void add(VersionEvent event) {
    List<Object[]> wanting =
        Rows.of(
            entities,
            "select id, events from webhooks where scope_id = ? and active order by id",
            List.of(event.library().scopeId()));
    if (wanting.isEmpty()) {
      return;
    }
    String name = event.kind().wireName();
    String payload = Payload.of(chance.uuid(), event).json();
    for (Object[] row : wanting) {
      if (List.of(((String) row[1]).split(" ", -1)).contains(name)) {
        add(Rows.uuid(row[0]), name, payload, event.at());
      }
    }
  }

  /**
   * Notes a ping; the delivery's id.
   *
   * @throws ProblemException {@link ProblemType#CONFLICT} while an earlier one waits
   */
  public UUID addPing(UUID webhook, String actor) {
    boolean waits =
        Rows.count(
                entities,
                "select 1 from webhook_deliveries where webhook_id = ? and event = '"
                    + Payload.PING
                    + "' and status = 'pending'",
                1,
                List.of(webhook))
            > 0;
    if (waits) {
      throw new ProblemException(
          ProblemType.CONFLICT, "Wait until the ping before this one has arrived or failed.");
    }
    Instant now = clock.instant();
    return add(webhook, Payload.PING, Payload.ping(chance.uuid(), actor, now).json(), now);
  }

  private UUID add(UUID webhook, String event, String payload, Instant now) {
    UUID id = chance.uuid();
    // First the webhook's row: whoever removes it locks that first too, and whoever ends a lease
    // sees this delivery. A lease ends before this moment plus its length; what is due later than
    // that is the next try of one that failed, for which this one does not wait.
    int known =
        entities
            .createNativeQuery(
                "update webhooks set due_at = case when due_at is null or due_at > ? then ?"
                    + " else due_at end where id = ?")
            .setParameter(1, Timestamp.from(clock.instant().plus(LEASE)))
            .setParameter(2, Timestamp.from(now))
            .setParameter(3, webhook)
            .executeUpdate();
    if (known == 0) {
      return id;
    }
    entities
        .createNativeQuery(
            "insert into webhook_deliveries"
                + " (id, webhook_id, event, payload, status, created_at, next_attempt_at)"
                + " values (?, ?, ?, ?, 'pending', ?, ?)")
        .setParameter(1, id)
        .setParameter(2, webhook)
        .setParameter(3, event)
        .setParameter(4, payload)
        .setParameter(5, Timestamp.from(now))
        .setParameter(6, Timestamp.from(now))
        .executeUpdate();
    return id;
  }

  /** Webhooks with something to deliver that no node has now, who waited longest first. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<UUID> due(int most) {
    return Rows.of(
            entities,
            "select w.id, w.due_at from webhooks w where w.due_at <= ? and w.active"
                + " and not exists (select 1 from users u where u.id = w.scope_id"
                + " and (u.suspended or u.closed_by_source)) order by w.due_at limit ?",
            List.of(Timestamp.from(clock.instant()), most))
        .stream()
        .map(row -> Rows.uuid(row[0]))
        .toList();
  }

  /** Takes a webhook's deliveries, unless another node was faster. */
  public Optional<Lease> take(UUID webhook) {
    Instant now = clock.instant();
    Instant until = now.plus(LEASE);
    int taken =
        entities
            .createNativeQuery("update webhooks set due_at = ? where id = ? and due_at <= ?")
            .setParameter(1, Timestamp.from(until))
            .setParameter(2, webhook)
            .setParameter(3, Timestamp.from(now))
            .executeUpdate();
    return taken == 1 ? Optional.of(new Lease(webhook, until)) : Optional.empty();
  }

  /** The oldest delivery of a webhook that is due. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<Delivery> next(UUID webhook) {
    return Rows.of(
            entities,
            "select id, event, payload, attempts from webhook_deliveries where webhook_id = ?"
                + " and status = 'pending' and next_attempt_at <= ?"
                + " order by created_at, id limit 1",
            List.of(webhook, Timestamp.from(clock.instant())))
        .stream()
        .findFirst()
        .map(
            row ->
                new Delivery(
                    Rows.uuid(row[0]),
                    webhook,
                    (String) row[1],
                    (String) row[2],
                    (int) Rows.number(row[3])));
  }

  /** Notes what became of an attempt. */
  public void note(Delivery delivery, Sender.Reply reply) {
    Instant now = clock.instant();
    int attempts = delivery.attempts() + 1;
    Optional<Instant> again = reply.isTaken() ? Optional.empty() : Backoff.next(attempts, now);
    String status = reply.isTaken() ? "delivered" : again.isPresent() ? "pending" : "failed";
    var query =
        entities.createNativeQuery(
            "update webhook_deliveries set attempts = ?, status = ?, last_attempt_at = ?,"
                + " failure = "
                + (reply.failure() == null ? "null" : "'" + reply.failure() + "'")
                + ", response_status = "
                + reply.status()
                + ", next_attempt_at = "
                + (again.isPresent() ? "?" : "null")
                + " where id = ?");
    int position = 1;
    query.setParameter(position++, attempts);
    query.setParameter(position++, status);
    query.setParameter(position++, Timestamp.from(now));
    if (again.isPresent()) {
      query.setParameter(position++, Timestamp.from(again.get()));
    }
    query.setParameter(position, delivery.id());
    query.executeUpdate();
  }

  /**
   * Gives a webhook's deliveries back, unless the lease had ended; it is due with its next one.
   *
   * @param rest how long it is not due in any case, at most {@link #LEASE}
   */
  public void giveBack(Lease lease, Duration rest) {
    int held =
        entities
            .createNativeQuery("update webhooks set due_at = due_at where id = ? and due_at = ?")
            .setParameter(1, lease.webhook())
            .setParameter(2, Timestamp.from(lease.until()))
            .executeUpdate();
    if (held == 1) {
      Timestamp rested = Timestamp.from(clock.instant().plus(rest));
      entities
          .createNativeQuery(
              "update webhooks set due_at = (select case when min(d.next_attempt_at) < ? then ?"
                  + " else min(d.next_attempt_at) end"
                  + " from webhook_deliveries d where d.webhook_id = webhooks.id"
                  + " and d.status = 'pending') where id = ?")
          .setParameter(1, rested)
          .setParameter(2, rested)
          .setParameter(3, lease.webhook())
          .executeUpdate();
    }
  }

  /** A page of the deliveries of a webhook, the newest first. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public DeliveryPage page(UUID webhook, Paging paging) {
    List<Object[]> rows =
        Rows.of(
            entities,
            "select id, event, status, attempts, created_at, last_attempt_at, next_attempt_at,"
                + " response_status, failure from webhook_deliveries where webhook_id = ?"
                + " order by created_at desc, id desc limit ? offset ?",
            List.of(webhook, paging.perPage(), paging.offset()));
    long total =
        Rows.count(
            entities,
            "select 1 from webhook_deliveries where webhook_id = ?",
            Paging.MAX_ROW,
            List.of(webhook));
    return new DeliveryPage(
        rows.stream().map(Deliveries::delivered).toList(),
        Math.min(total, Paging.MAX_ROW),
        paging.page(),
        paging.perPage());
  }

  private static DeliveryPage.Delivered delivered(Object[] row) {
    return new DeliveryPage.Delivered(
        Rows.uuid(row[0]),
        (String) row[1],
        (String) row[2],
        (int) Rows.number(row[3]),
        Rows.instant(row[4]),
        row[5] == null ? null : Rows.instant(row[5]),
        row[6] == null ? null : Rows.instant(row[6]),
        row[7] == null ? null : (int) Rows.number(row[7]),
        (String) row[8]);
  }

  /** Forgets deliveries of before a moment, not all at once; how many it were. */
  public int forget(Instant end) {
    return entities
        .createNativeQuery(
            "delete from webhook_deliveries where id in (select id from webhook_deliveries"
                + " where created_at < ? order by created_at limit "
                + FORGOTTEN_AT_ONCE
                + ")")
        .setParameter(1, Timestamp.from(end))
        .executeUpdate();
  }
}
