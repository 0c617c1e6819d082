package org.mdlibs.registry.library;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Tags;
import org.mdlibs.registry.user.Namespace;

/**
 * A library: born with its first version, never renamed. Its description, tags and licence are
 * those of its latest version ({@link Libraries#findLatest}).
 */
@Entity
@Table(name = "libraries")
public class Library {
  @Id private UUID id;

  /** The number by which the search index knows it; the database gives it. */
  @Column(insertable = false, updatable = false)
  private long seq;

  @Column(name = "scope_type")
  private String scopeType;

  @Column(name = "scope_id")
  private UUID scopeId;

  private String scope;

  private String name;

  private String visibility;

  private String deprecation;

  @Column(name = "latest_version")
  private String latestVersion;

  private String description;

  private String tags;

  private String license;

  @Column(updatable = false)
  private long downloads;

  @Column(name = "versions_count")
  private int versionsCount;

  @Column(name = "size_bytes")
  private long sizeBytes;

  @Column(name = "created_by")
  private UUID createdBy;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  /** For the persistence provider. */
  protected Library() {}

  /** A new library, still without a version. */
  public Library(
      UUID id,
      Namespace namespace,
      LibraryName name,
      Visibility visibility,
      UUID createdBy,
      Instant now) {
    this.id = id;
    this.scopeType = namespace.scopeType();
    this.scopeId = namespace.id();
    this.scope = namespace.name();
    this.name = name.value();
    this.visibility = visibility.wireName();
    this.tags = "";
    this.createdBy = createdBy;
    this.createdAt = now;
    this.updatedAt = now;
  }

  /** Takes a version in. */
  void versionAdded(long bytes) {
    versionsCount++;
    sizeBytes += bytes;
  }

  /** Lets a version go. */
  void versionDeleted(long bytes) {
    versionsCount--;
    sizeBytes -= bytes;
  }

  /**
   * Shows what a version says.
   *
   * @param latest the latest version, or null when all are yanked or deleted
   * @param shown whose description, tags and licence it shows, or null when all are deleted
   */
  void show(LibraryVersion latest, LibraryVersion shown, Instant now) {
    latestVersion = latest == null ? null : latest.version();
    description = shown == null ? null : shown.description();
    tags = shown == null ? "" : shown.tags().toString();
    license = shown == null ? null : shown.license();
    updatedAt = now;
  }

  /** Changes its settings; a null notice takes the one that it had back. */
  void change(Visibility wanted, String notice, Instant now) {
    visibility = wanted.wireName();
    deprecation = notice;
    updatedAt = now;
  }

  void moveTo(Namespace namespace, Instant now) {
    scopeType = namespace.scopeType();
    scopeId = namespace.id();
    scope = namespace.name();
    updatedAt = now;
  }

  /** {@code @scope/name}. */
  public String reference() {
    return "@" + scope + "/" + name;
  }

  /** The number by which the search index knows it. */
  long seq() {
    return seq;
  }

  public UUID id() {
    return id;
  }

  /** The namespace that it belongs to. */
  public UUID scopeId() {
    return scopeId;
  }

  public String scope() {
    return scope;
  }

  public String name() {
    return name;
  }

  public Visibility visibility() {
    return Visibility.parse(visibility);
  }

  /** Whether its owners alone see it. */
  public boolean isPrivate() {
    return visibility() == Visibility.PRIVATE;
  }

  /** What to use instead, or null. */
  public String deprecation() {
    return deprecation;
  }

  /** The highest stable version that is not yanked, else the highest prerelease, else null. */
  public String latestVersion() {
    return latestVersion;
  }

  public String description() {
    return description;
  }

  public Tags tags() {
    return Tags.ofStored(tags);
  }

  public String license() {
    return license;
  }

  /** Downloads of all its versions. */
  public long downloads() {
    return downloads;
  }

  /** Versions that are not deleted. */
  public int versionsCount() {
    return versionsCount;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }
}
