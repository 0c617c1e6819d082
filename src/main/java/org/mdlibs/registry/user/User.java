package org.mdlibs.registry.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Permission;
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

  private String subject;

  @Column(name = "closed_by_source")
  private boolean closedBySource;

  @Column(name = "source_said_at")
  private Instant sourceSaidAt;

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

  /**
   * A new account of a source outside, without a password.
   *
   * @param id the id of its namespace
   */
  static User ofSource(
      UUID id, Scope username, Email email, Role role, ExternalIdentity source, Instant now) {
    var user = new User(id, username, email, null, role, now);
    user.issuer = source.issuer();
    user.subject = source.subject();
    user.sourceSaidAt = source.asOf() == null ? now : source.asOf();
    return user;
  }

  /** The account as a caller who logged in, without his teams: whom events and tokens are of. */
  public Caller asCaller() {
    return new Caller(id, username, role, Permission.ALL, Map.of());
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

  /** Whether the account is closed for now, by an administrator or by its source. */
  public boolean isSuspended() {
    return suspended || closedBySource;
  }

  /** Whether an administrator closed the account, whatever its source says. */
  public boolean isSuspendedHere() {
    return suspended;
  }

  /** Whether the account's source does not know it any more. */
  public boolean isClosedBySource() {
    return closedBySource;
  }

  /** Whether a source outside of the registry authenticates the account. */
  public boolean isExternal() {
    return issuer != null;
  }

  /** The source that the account belongs to; null for an account with a password. */
  public String issuer() {
    return issuer;
  }

  /** What the source calls the account, for good; null with {@link #issuer}. */
  public String subject() {
    return subject;
  }

  /** Whether the source said what the account is at a time or later. */
  public boolean isAsOf(Instant time) {
    return sourceSaidAt != null && !sourceSaidAt.isBefore(time);
  }

  /** Takes over an address from the source. */
  void follow(Email address, Instant now) {
    this.email = address.value();
    this.emailKey = address.key();
    this.updatedAt = now;
  }

  /** Takes over a role from the source. */
  void follow(Role given, Instant now) {
    this.role = given;
    this.updatedAt = now;
  }

  /** Notes whether the source knows the account. */
  void setClosedBySource(boolean closed, Instant now) {
    this.closedBySource = closed;
    this.updatedAt = now;
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
    subject = null;
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
