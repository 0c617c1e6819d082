package org.mdlibs.registry.audit;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/**
 * Which events are wanted; null lets every one through.
 *
 * @param actor the username of who did it
 * @param action the wire name of an {@link AuditAction}
 * @param outcome the wire name of an {@link Outcome}
 * @param target the very target
 * @param since the first moment
 * @param until the first moment that is not wanted any more
 */
public record AuditFilter(
    String actor, String action, String outcome, String target, Instant since, Instant until) {

  /** The same, with an end: the events until a moment, or until the filter's own if earlier. */
  public AuditFilter endingBy(Instant moment) {
    Instant end = until == null || moment.isBefore(until) ? moment : until;
    return new AuditFilter(actor, action, outcome, target, since, end);
  }

  /** The {@code where} of JPQL; adds the values that its numbered parameters take. */
  String jpqlConditions(List<Object> values) {
    var conditions = new StringBuilder(" where 1 = 1");
    add(conditions, " and e.actor = ?", actor, values, true);
    add(conditions, " and e.action = ?", action, values, true);
    add(conditions, " and e.outcome = ?", outcome, values, true);
    add(conditions, " and e.target = ?", target, values, true);
    add(conditions, " and e.happenedAt >= ?", since, values, true);
    add(conditions, " and e.happenedAt < ?", until, values, true);
    return conditions.toString();
  }

  /** The {@code where} of SQL; adds the values that its parameters take, in order. */
  String sqlConditions(List<Object> values) {
    var conditions = new StringBuilder(" where 1 = 1");
    add(conditions, " and actor = ?", actor, values, false);
    add(conditions, " and action = ?", action, values, false);
    add(conditions, " and outcome = ?", outcome, values, false);
    add(conditions, " and target = ?", target, values, false);
    add(conditions, " and happened_at >= ?", timestamp(since), values, false);
    add(conditions, " and happened_at < ?", timestamp(until), values, false);
    return conditions.toString();
  }

  private static Timestamp timestamp(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  private static void add(
      StringBuilder conditions,
      String condition,
      Object value,
      List<Object> values,
      boolean numbered) {
    if (value != null) {
      values.add(value);
      conditions.append(condition);
      if (numbered) {
        conditions.append(values.size());
      }
    }
  }
}
