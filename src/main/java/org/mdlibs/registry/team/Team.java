package org.mdlibs.registry.team;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.mdlibs.registry.name.Scope;

/** A team. Its name is a scope and never changes; it has an administrator at any time. */
@Entity
@Table(name = "teams")
public class Team {
  @Id private UUID id;

  private String name;

  @Column(name = "display_name")
  private String displayName;

  @Column(name = "created_by")
  private UUID createdBy;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  /** For the persistence provider. */
  protected Team() {}

  /**
   * A new team, still without members.
   *
   * @param id the id of its namespace
   */
  Team(UUID id, Scope name, DisplayName displayName, UUID createdBy, Instant now) {
    this.id = id;
    this.name = name.value();
    this.displayName = displayName.value();
    this.createdBy = createdBy;
    this.createdAt = now;
    this.updatedAt = now;
  }

  void rename(DisplayName newName, Instant now) {
    displayName = newName.value();
    updatedAt = now;
  }

  /** The team's and its namespace's id. */
  public UUID id() {
    return id;
  }

  /** The scope that it publishes under. */
  public String name() {
    return name;
  }

  /** What people call it. */
  public String displayName() {
    return displayName;
  }

  /** When it was made. */
  public Instant createdAt() {
    return createdAt;
  }

  /** When it was last renamed. */
  public Instant updatedAt() {
    return updatedAt;
  }
}
