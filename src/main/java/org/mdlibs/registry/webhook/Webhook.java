package org.mdlibs.registry.webhook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Where a scope wants to be told of its events. When its next delivery is due stands in a column
 * that {@link Deliveries} alone writes.
 */
@Entity
@Table(name = "webhooks")
public class Webhook {
  @Id private UUID id;

  @Column(name = "scope_id")
  private UUID scopeId;

  private String url;

  private String secret;

  private String events;

  private boolean active;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  /** For the persistence provider. */
  protected Webhook() {}

  /**
   * A new one, active.
   *
   * @param secret as it is stored
   */
  Webhook(UUID id, UUID scopeId, URI url, String secret, List<String> events, Instant now) {
    this.id = id;
    this.scopeId = scopeId;
    this.url = url.toString();
    this.secret = secret;
    this.events = String.join(" ", events);
    this.active = true;
    this.createdAt = now;
    this.updatedAt = now;
  }

  /** Changes it; null stays. */
  void change(
      URI newUrl, String newSecret, List<String> newEvents, Boolean nowActive, Instant now) {
    url = newUrl == null ? url : newUrl.toString();
    secret = newSecret == null ? secret : newSecret;
    events = newEvents == null ? events : String.join(" ", newEvents);
    active = nowActive == null ? active : nowActive;
    updatedAt = now;
  }

  public UUID id() {
    return id;
  }

  /** The namespace whose events it is told. */
  public UUID scopeId() {
    return scopeId;
  }

  public URI url() {
    return URI.create(url);
  }

  /** As it is stored: wrapped, or in clear with a mark. */
  String secret() {
    return secret;
  }

  /** The wire names of the events that it is told. */
  public List<String> events() {
    return Arrays.asList(events.split(" ", -1));
  }

  /** Whether it is told anything. */
  public boolean isActive() {
    return active;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }
}
