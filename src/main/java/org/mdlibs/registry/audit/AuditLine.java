package org.mdlibs.registry.audit;

import org.mdlibs.registry.log.JsonLine;

/** An event as one line of JSON, for the log and the export. */
public final class AuditLine {
  private AuditLine() {}

  /** The line, without its end. */
  public static String of(AuditEvent event) {
    return members(event).toString();
  }

  /** The event as an object. */
  static JsonLine members(AuditEvent event) {
    return new JsonLine()
        .add("id", event.id())
        .add("time", event.happenedAt())
        .add("action", event.action())
        .add("outcome", event.outcome())
        .add("actor_id", event.actorId())
        .add("actor", event.actor())
        .add("target", event.target())
        .add("detail", event.detail())
        .add("address", event.address())
        .add("request_id", event.requestId());
  }
}
