package org.mdlibs.registry.admin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mdlibs.registry.audit.AuditEvent;

/**
 * A page of the audit log, the newest event first.
 *
 * @param total exact up to 10,000
 * @param totalIsCapped true when there are more than {@code total}; else absent
 */
public record AuditPage(
    List<Entry> events,
    long total,
    @Schema(nullable = true) Boolean totalIsCapped,
    int page,
    int perPage) {

  /** An event. */
  @Schema(name = "AuditEntry")
  public record Entry(
      UUID id,
      Instant time,
      String action,
      String outcome,
      @Schema(nullable = true) UUID actorId,
      @Schema(nullable = true) String actor,
      @Schema(nullable = true) String target,
      @Schema(nullable = true) String detail,
      @Schema(nullable = true) String address,
      @Schema(nullable = true) String requestId) {
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
