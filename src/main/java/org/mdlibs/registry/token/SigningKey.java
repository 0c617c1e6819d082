package org.mdlibs.registry.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * A key pair that login tokens are signed with (ES256), kept in the database so that every node
 * signs and verifies alike. Its generation is unique: of several nodes that start at once, one
 * makes the key.
 */
@Entity
@Table(name = "signing_keys")
public class SigningKey {
  @Id private int generation;

  private String kid;

  /** The key pair as a JWK (RFC 7517). */
  @Column(name = "jwk")
  private String jwk;

  @Column(name = "created_at")
  private Instant createdAt;

  /** For the persistence provider. */
  protected SigningKey() {}

  /** A new key. */
  public SigningKey(int generation, String kid, String jwk, Instant now) {
    this.generation = generation;
    this.kid = kid;
    this.jwk = jwk;
    this.createdAt = now;
  }

  /** Which in the row of keys it is. */
  public int generation() {
    return generation;
  }

  /** The id that tokens carry ({@code kid}). */
  public String kid() {
    return kid;
  }

  /** The key pair as a JWK, its private part included; or that, wrapped. */
  public String jwk() {
    return jwk;
  }

  /** When it was made. */
  public Instant createdAt() {
    return createdAt;
  }
}
