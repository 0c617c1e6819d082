package org.mdlibs.registry.library;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.mdlibs.registry.name.Description;
import org.mdlibs.registry.name.License;
import org.mdlibs.registry.name.Tags;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.storage.BlobKey;

/**
 * One published version. Its bytes and its facts never change; it can be yanked, and deleted, which
 * leaves the row as a tombstone so that its number is never given out again.
 */
@Entity
@Table(name = "library_versions")
public class LibraryVersion {
  @Id private UUID id;

  @Column(name = "library_id")
  private UUID libraryId;

  private String version;

  @Column(name = "version_key")
  private String versionKey;

  private String precedence;

  private boolean prerelease;

  private String description;

  private String tags;

  private String license;

  @Column(name = "storage_path")
  private String storagePath;

  @Column(name = "size_bytes")
  private long sizeBytes;

  private String checksum;

  private Boolean scanned;

  @Column(updatable = false)
  private long downloads;

  @Column(name = "yanked_at")
  private Instant yankedAt;

  @Column(name = "deleted_at")
  private Instant deletedAt;

  @Column(name = "created_by")
  private UUID createdBy;

  @Column(name = "created_at")
  private Instant createdAt;

  /** For the persistence provider. */
  protected LibraryVersion() {}

  /**
   * What a publisher says about a version, all of it optional but the version.
   *
   * @param description null when there is none
   * @param license null when there is none
   */
  public record Facts(Version version, Description description, Tags tags, License license) {}

  /**
   * The archive that a version stands for.
   *
   * @param sha256 lower-case hexadecimal
   * @param scanned whether it was scanned for malware and found clean; null where there is no
   *     scanner
   */
  public record StoredArchive(BlobKey key, long sizeBytes, String sha256, Boolean scanned) {}

  /** A new version. */
  public LibraryVersion(
      UUID id, Library library, Facts facts, StoredArchive archive, UUID createdBy, Instant now) {
    this.id = id;
    this.libraryId = library.id();
    this.version = facts.version().toString();
    this.versionKey = facts.version().key();
    this.precedence = facts.version().precedence();
    this.prerelease = facts.version().isPrerelease();
    this.description = facts.description() == null ? null : facts.description().value();
    this.tags = facts.tags().toString();
    this.license = facts.license() == null ? null : facts.license().expression();
    this.storagePath = archive.key().value();
    this.sizeBytes = archive.sizeBytes();
    this.checksum = archive.sha256();
    this.scanned = archive.scanned();
    this.createdBy = createdBy;
    this.createdAt = now;
  }

  /** Lets {@code latest} and ranges pass over it, or no longer. */
  void yank(boolean yanked, Instant now) {
    yankedAt = yanked ? now : null;
  }

  /** Makes a tombstone of it. */
  void delete(Instant now) {
    deletedAt = now;
  }

  public UUID id() {
    return id;
  }

  public UUID libraryId() {
    return libraryId;
  }

  /** The version as it was written, build metadata included. */
  public String version() {
    return version;
  }

  /** The version without build metadata. */
  public String versionKey() {
    return versionKey;
  }

  /** The text that orders it among its library's versions ({@link Version#precedence}). */
  public String precedence() {
    return precedence;
  }

  /** Whether {@code latest} passes over it while there is a release (SemVer §9). */
  public boolean isPrerelease() {
    return prerelease;
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

  /** Where its archive lies. */
  public BlobKey blobKey() {
    return new BlobKey(storagePath);
  }

  public long sizeBytes() {
    return sizeBytes;
  }

  /** The SHA-256 of its archive, lower-case hexadecimal. */
  public String sha256() {
    return checksum;
  }

  /** Whether it was scanned for malware and found clean; null where there was no scanner. */
  public Boolean scanned() {
    return scanned;
  }

  public long downloads() {
    return downloads;
  }

  public boolean isYanked() {
    return yankedAt != null;
  }

  public boolean isDeleted() {
    return deletedAt != null;
  }

  public UUID createdBy() {
    return createdBy;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
