package org.mdlibs.registry.audit;

/**
 * An event as one line of JSON, for the log and the export. All but printable ASCII is escaped, so
 * that no text in it can begin a line, colour a terminal or turn what is read around.
 */
public final class AuditLine {
  private AuditLine() {}

  /** The line, without its end. */
  public static String of(AuditEvent event) {
    var line = new StringBuilder("{");
    add(line, "id", event.id());
    add(line, "time", event.happenedAt());
    add(line, "action", event.action());
    add(line, "outcome", event.outcome());
    add(line, "actor_id", event.actorId());
    add(line, "actor", event.actor());
    add(line, "target", event.target());
    add(line, "detail", event.detail());
    add(line, "address", event.address());
    add(line, "request_id", event.requestId());
    return line.append('}').toString();
  }

  private static void add(StringBuilder line, String member, Object value) {
    if (value == null) {
      return;
    }
    if (line.length() > 1) {
      line.append(',');
    }
    line.append('"').append(member).append("\":\"");
    value.toString().chars().forEach(c -> add(line, (char) c));
    line.append('"');
  }

  private static void add(StringBuilder line, char c) {
    if (c == '"' || c == '\\') {
      line.append('\\').append(c);
    } else if (c >= ' ' && c <= '~') {
      line.append(c);
    } else {
      line.append("\\u%04x".formatted((int) c));
    }
  }
}
