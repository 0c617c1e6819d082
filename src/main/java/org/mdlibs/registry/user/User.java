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

  /** Whose account it is elsewhere; null for an account with a password here. */
  private String issuer;

  @Column(name = "erased_at")
  private Instant erasedAt;

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

  /** Who vouches for it, or null for an account with a password here. */
  public String issuer() {
    return issuer;
  }

  /** Whether its person is forgotten; the row holds the scope alone. */
  public boolean isErased() {
    return erasedAt != null;
  }

  /** Closes the account for now, or opens it again. */
  public void suspend(boolean closed, Instant now) {
    suspended = closed;
    updatedAt = now;
  }

  /** Makes it another in the registry. */
  public void changeRole(Role other, Instant now) {
    role = other;
    updatedAt = now;
  }

  /**
   * Gives it another password.
   *
   * @param hash what {@link Passwords#hash} gave
   */
  public void changePassword(String hash, Instant now) {
    passwordHash = hash;
    updatedAt = now;
  }

  /** Forgets its person: nothing is left but the scope. */
  public void erase(Instant now) {
    email = "";
    // No address has this form, so the key stands in nobody's way.
    emailKey = "erased:" + id;
    passwordHash = null;
    issuer = null;
    role = Role.USER;
    suspended = true;
    erasedAt = now;
    updatedAt = now;
  }

  /** When it was registered. */
  public Instant createdAt() {
    return createdAt;
  }
}
