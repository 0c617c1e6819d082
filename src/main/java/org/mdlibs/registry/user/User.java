package org.mdlibs.registry.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.name.Scope;

/**
 * An account. Its id is that of its {@link Namespace}, which outlives it: a scope is never given to
 * anybody else.
 */
@Entity
@Table(name = "users")
public class User {
  @Id private UUID id;

  private String username;

  private String email;

  @Column(name = "email_key")
  private String emailKey;

  @Column(name = "password_hash")
  private String passwordHash;

  @Enumerated(EnumType.STRING)
  private Role role;

  private boolean suspended;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  /** For the persistence provider. */
  protected User() {}

  /**
   * A new account.
   *
   * @param id the id of its namespace
   * @param passwordHash what {@link Passwords#hash} gave
   */
  public User(UUID id, Scope username, Email email, String passwordHash, Role role, Instant now) {
    this.id = id;
    this.username = username.value();
    this.email = email.value();
    this.emailKey = email.key();
    this.passwordHash = passwordHash;
    this.role = role;
    this.createdAt = now;
    this.updatedAt = now;
  }

  /** The account's and its namespace's id. */
  public UUID id() {
    return id;
  }

  /** The scope that it publishes under. */
  public String username() {
    return username;
  }

  /** The address, as its owner wrote it. */
  public String email() {
    return email;
  }

  /** The PHC string of the password. */
  public String passwordHash() {
    return passwordHash;
  }

  /** What the account is in the registry. */
  public Role role() {
    return role;
  }

  /** Whether an administrator closed the account for now. */
  public boolean isSuspended() {
    return suspended;
  }

  /** When it was registered. */
  public Instant createdAt() {
    return createdAt;
  }
}
