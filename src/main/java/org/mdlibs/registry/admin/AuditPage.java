package org.mdlibs.registry.admin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.mdlibs.registry.audit.AuditEvent;

/**
 * A page of the audit log, the newest event first.
 *
 * @param total exact up to 10,000
 * @param totalIsCapped true when there are more than {@code total}; else absent
 */
public record AuditPage(
    List<Entry> events, long total, Boolean totalIsCapped, int page, int perPage) {

  /** An event. */
  public record Entry(
      UUID id,
      Instant time,
      String action,
      String outcome,
      UUID actorId,
      String actor,
      String target,
      String detail,
      String address,
      String requestId) {
    static Entry of(AuditEvent event) {
      return new Entry(
          event.id(),
          event.happenedAt(),
          event.action(),
          event.outcome(),
          event.actorId(),
          event.actor(),
          event.target(),
          event.detail(),
          event.address(),
          event.requestId());
    }
  }
}
