package org.mdlibs.registry.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.mdlibs.registry.name.Scope;

/**
 * The name before the slash of {@code @scope/name}, of a user or a team. One table for both makes
 * the name unique; a row is never deleted, so that nobody inherits the references to another's
 * libraries.
 */
@Entity
@Table(name = "namespaces")
public class Namespace {
  /** The {@code scope_type} of a user's namespace. */
  public static final String USER = "user";

  /** The {@code scope_type} of a team's namespace. */
  public static final String TEAM = "team";

  @Id private UUID id;

  private String name;

  @Column(name = "scope_type")
  private String scopeType;

  @Column(name = "quota_bytes")
  private Long quotaBytes;

  @Column(name = "used_bytes")
  private long usedBytes;

  private boolean closed;

  @Column(name = "created_at")
  private Instant createdAt;

  /** For the persistence provider. */
  protected Namespace() {}

  /** A new namespace, empty. */
  public Namespace(UUID id, Scope name, String scopeType, Instant now) {
    this.id = id;
    this.name = name.value();
    this.scopeType = scopeType;
    this.createdAt = now;
  }

  /** The id, the same as that of its user or team. */
  public UUID id() {
    return id;
  }

  /** The scope. */
  public String name() {
    return name;
  }

  /** {@code user} or {@code team}, the first part of a blob's key. */
  public String scopeType() {
    return scopeType;
  }

  /** Bytes of all archives that it keeps. */
  public long usedBytes() {
    return usedBytes;
  }

  /** Whether it is a team's. */
  public boolean isTeam() {
    return scopeType.equals(TEAM);
  }

  /** Whether its team is gone, and nothing is published there any more. */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Sets what it may keep.
   *
   * @param bytes null for what holds where nobody set another
   */
  public void limit(Long bytes) {
    quotaBytes = bytes;
  }

  /**
   * Bytes that it may keep.
   *
   * @param standard what holds unless an administrator set another
   */
  public long quotaBytes(long standard) {
    return quotaBytes == null ? standard : quotaBytes;
  }
}
