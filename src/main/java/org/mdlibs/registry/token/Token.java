package org.mdlibs.registry.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.mdlibs.registry.access.Permission;

/**
 * A key that its user can revoke. A login token is registered by its {@code jti}; what is not in
 * the table, or revoked there, is not valid, on whichever node it is shown.
 */
@Entity
@Table(name = "tokens")
public class Token {
  private static final String LOGIN = "login";
  private static final String API = "api";

  @Id private UUID id;

  @Column(name = "user_id")
  private UUID userId;

  private String kind;

  @Column(name = "token_hash")
  private byte[] tokenHash;

  private String name;

  private String scopes;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expires_at")
  private Instant expiresAt;

  @Column(name = "last_used_at")
  private Instant lastUsedAt;

  @Column(name = "revoked_at")
  private Instant revokedAt;

  /** For the persistence provider. */
  protected Token() {}

  private Token(UUID id, UUID userId, String kind, String name, Instant now, Instant expiresAt) {
    this.id = id;
    this.userId = userId;
    this.kind = kind;
    this.name = name;
    this.scopes = Permission.stored(Permission.ALL);
    this.createdAt = now;
    this.expiresAt = expiresAt;
  }

  /**
   * The registration of a login token.
   *
   * @param id its {@code jti}
   */
  public static Token ofLogin(UUID id, UUID userId, Instant now, Instant expiresAt) {
    return new Token(id, userId, LOGIN, LOGIN, now, expiresAt);
  }

  /**
   * A new API token.
   *
   * @param sha256 what is kept of its secret
   * @param name what its owner calls it
   */
  public static Token ofApi(
      UUID id,
      UUID userId,
      byte[] sha256,
      String name,
      Set<Permission> permissions,
      Instant now,
      Instant expiresAt) {
    Token token = new Token(id, userId, API, name, now, expiresAt);
    token.tokenHash = sha256.clone();
    token.scopes = Permission.stored(permissions);
    return token;
  }

  /** The {@code jti} of a login token, the id of an API token. */
  public UUID id() {
    return id;
  }

  /** Whose it is. */
  public UUID userId() {
    return userId;
  }

  /** {@code login} or {@code api}. */
  public String kind() {
    return kind;
  }

  /** What its owner calls it. */
  public String name() {
    return name;
  }

  /** What it lets its bearer do at most. */
  public Set<Permission> permissions() {
    return Permission.ofStored(scopes);
  }

  /** When it was made. */
  public Instant createdAt() {
    return createdAt;
  }

  /** When it ends. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** When it was last used, within a minute; null for never, and for login tokens. */
  public Instant lastUsedAt() {
    return lastUsedAt;
  }
}
