package org.mdlibs.registry.device;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.mdlibs.registry.access.Permission;

/**
 * A device that asks to be let in. Who approved it is for {@link DeviceRequests#approver} to say:
 * one server's EclipseLink cannot read a UUID that is null.
 */
@Entity
@Table(name = "device_requests")
public class DeviceRequest {
  /** How long a person may take. */
  static final Duration LIFE = Duration.ofMinutes(10);

  /** Seconds that a device waits between two questions, at first. */
  static final int INTERVAL_SECONDS = 5;

  static final String PENDING = "pending";
  static final String APPROVED = "approved";
  static final String DENIED = "denied";
  static final String USED = "used";

  @Id private UUID id;

  @Column(name = "device_code_hash")
  private byte[] deviceCodeHash;

  @Column(name = "user_code_hash")
  private byte[] userCodeHash;

  @Column(name = "client_name")
  private String clientName;

  private String scopes;

  private String address;

  private String status;

  @Column(name = "interval_seconds")
  private int intervalSeconds;

  @Column(name = "polled_at")
  private Instant polledAt;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expires_at")
  private Instant expiresAt;

  /** For the persistence provider. */
  protected DeviceRequest() {}

  /**
   * A new request, pending.
   *
   * @param address the device's
   */
  DeviceRequest(
      UUID id,
      byte[] deviceCodeHash,
      byte[] userCodeHash,
      String clientName,
      Set<Permission> scopes,
      String address,
      Instant now) {
    this.id = id;
    this.deviceCodeHash = deviceCodeHash.clone();
    this.userCodeHash = userCodeHash.clone();
    this.clientName = clientName;
    this.scopes = Permission.stored(scopes);
    this.address = address;
    this.status = PENDING;
    this.intervalSeconds = INTERVAL_SECONDS;
    this.createdAt = now;
    this.expiresAt = now.plus(LIFE);
  }

  UUID id() {
    return id;
  }

  /** What the device calls itself. */
  public String clientName() {
    return clientName;
  }

  /** What the device says that it will do. */
  public Set<Permission> scopes() {
    return Permission.ofStored(scopes);
  }

  /** The device's address. */
  public String address() {
    return address;
  }

  /** One of {@link #PENDING}, {@link #APPROVED}, {@link #DENIED}, {@link #USED}. */
  public String status() {
    return status;
  }

  /** Whether a device that asks now has not waited since it asked last. */
  boolean isTooEarly(Instant now) {
    return polledAt != null && now.isBefore(polledAt.plusSeconds(intervalSeconds));
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant expiresAt() {
    return expiresAt;
  }
}
