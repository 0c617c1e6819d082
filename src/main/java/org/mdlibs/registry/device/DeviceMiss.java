package org.mdlibs.registry.device;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A code that somebody typed and that no device shows. */
@Entity
@Table(name = "device_misses")
public class DeviceMiss {
  @Id private UUID id;

  @Column(name = "user_id")
  private UUID userId;

  private String address;

  @Column(name = "missed_at")
  private Instant missedAt;

  /** For the persistence provider. */
  protected DeviceMiss() {}

  /** A new one. */
  DeviceMiss(UUID id, UUID userId, String address, Instant now) {
    this.id = id;
    this.userId = userId;
    this.address = address;
    this.missedAt = now;
  }

  /** Who typed it. */
  public UUID userId() {
    return userId;
  }

  /** From where. */
  public String address() {
    return address;
  }

  public Instant missedAt() {
    return missedAt;
  }
}
