package org.mdlibs.registry.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;

/** One thing that happened. Written once. */
@Entity
@Table(name = "audit_events")
public class AuditEvent {
  /** Longest target and detail, in characters. */
  static final int MAX_TEXT = 1000;

  private static final int REPLACEMENT = 0xFFFD;

  @Id private UUID id;

  @Column(name = "happened_at")
  private Instant happenedAt;

  private String action;

  private String outcome;

  /** A text, since EclipseLink reads no UUID from a column that may be null. */
  @Column(name = "actor_id")
  private String actorId;

  private String actor;

  private String target;

  private String detail;

  private String address;

  @Column(name = "request_id")
  private String requestId;

  /** For the persistence provider. */
  protected AuditEvent() {}

  /** An event of now. */
  AuditEvent(
      UUID id,
      Instant now,
      AuditAction action,
      Outcome outcome,
      Caller actor,
      String target,
      String detail,
      Origin origin) {
    this.id = id;
    this.happenedAt = now;
    this.action = action.wireName();
    this.outcome = outcome.wireName();
    this.actorId = actor == null || actor.isAnonymous() ? null : actor.id().toString();
    this.actor = actor == null || actor.isAnonymous() ? null : actor.username();
    this.target = storable(target);
    this.detail = storable(detail);
    this.address = origin.address();
    this.requestId = origin.requestId();
  }

  /** At most {@link #MAX_TEXT}; without what no database keeps: NUL, and halves of a character. */
  static String storable(String text) {
    if (text == null) {
      return null;
    }
    var kept = new StringBuilder();
    text.codePoints()
        .limit(MAX_TEXT)
        .map(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? REPLACEMENT : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  public UUID id() {
    return id;
  }

  public Instant happenedAt() {
    return happenedAt;
  }

  /** The wire name of an {@link AuditAction}. */
  public String action() {
    return action;
  }

  /** The wire name of an {@link Outcome}. */
  public String outcome() {
    return outcome;
  }

  /** Who did it; null when nobody is known, or the registry itself. */
  public UUID actorId() {
    return actorId == null ? null : UUID.fromString(actorId);
  }

  /** The actor's username at that time; null with {@link #actorId}. */
  public String actor() {
    return actor;
  }

  /** On what: {@code user:ann}, {@code team:docs}, {@code @ann/notes@1.0.0}, {@code token:…}. */
  public String target() {
    return target;
  }

  /** What more there is to say, or null; never a secret. */
  public String detail() {
    return detail;
  }

  /** The client's address, or null. */
  public String address() {
    return address;
  }

  /** The id of the request, or null. */
  public String requestId() {
    return requestId;
  }
}
