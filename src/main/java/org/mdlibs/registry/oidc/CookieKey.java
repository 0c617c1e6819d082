package org.mdlibs.registry.oidc;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A key that seals a kind of cookie, kept in the database so that any node can open it. */
@Entity
@Table(name = "cookie_keys")
public class CookieKey {
  @Id private String name;

  private byte[] secret;

  @Column(name = "created_at")
  private Instant createdAt;

  /** For the persistence provider. */
  protected CookieKey() {}

  /** A new key. */
  CookieKey(String name, byte[] secret, Instant now) {
    this.name = name;
    this.secret = secret.clone();
    this.createdAt = now;
  }

  /** What it seals. */
  public String name() {
    return name;
  }

  /** The key. */
  byte[] secret() {
    return secret.clone();
  }

  /** When it was made. */
  public Instant createdAt() {
    return createdAt;
  }
}
