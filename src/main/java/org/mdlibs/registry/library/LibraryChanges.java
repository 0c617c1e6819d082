package org.mdlibs.registry.library;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.library.VersionEvent.Kind;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.storage.BlobKey;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.user.Quotas;

/**
 * Changes of libraries that exist. Each locks its library first, then takes its name, then locks
 * namespaces in the order of their ids, then {@link DownloadDays}, so that no two wait for each
 * other.
 */
@Stateless
public class LibraryChanges {
  @PersistenceContext private EntityManager entities;
  @Inject private Libraries libraries;
  @Inject private Quotas quotas;
  @Inject private DownloadDays days;
  @Inject private Event<VersionEvent> events;
  @Inject private AuditEvents audit;
  @Inject private Clock clock;

  /** Who changes something, and from where. */
  public record Actor(Caller caller, Origin origin) {}

  /**
   * Changes visibility and deprecation; what is so already is no change.
   *
   * @throws ProblemException {@link ProblemType#LIBRARY_MOVED} when it moved meanwhile, as from
   *     every change
   */
  public Library change(Library seen, LibraryChange.Parsed change, Actor actor) {
    Library library = lock(seen);
    Visibility visibility = change.visibility().orElse(library.visibility());
    String notice =
        change.changesDeprecation()
            ? change.deprecation().map(Deprecation::value).orElse(null)
            : library.deprecation();
    if (visibility == library.visibility() && Objects.equals(notice, library.deprecation())) {
      return library;
    }
    Visibility before = library.visibility();
    library.change(visibility, notice, clock.instant());
    record(
        actor,
        AuditAction.LIBRARY_CHANGED,
        library.reference(),
        "visibility="
            + library.visibility().wireName()
            + (library.deprecation() == null ? "" : " deprecation=" + library.deprecation()));
    if (visibility != before) {
      days.follow(library, library.scopeId(), before);
    }
    return library;
  }

  /**
   * Yanks a version, or takes that back; either is no error when it is so already.
   *
   * @throws ProblemException {@link ProblemType#VERSION_NOT_FOUND}, {@link
   *     ProblemType#VERSION_DELETED}
   */
  public void yank(Library seen, Version number, boolean yanked, Actor actor) {
    Library library = lock(seen);
    LibraryVersion version = version(library, number);
    if (version.isYanked() == yanked) {
      return;
    }
    version.yank(yanked, clock.instant());
    libraries.show(library, clock.instant());
    record(
        actor,
        yanked ? AuditAction.VERSION_YANKED : AuditAction.VERSION_UNYANKED,
        library.reference() + "@" + version.version(),
        null);
    tell(yanked ? Kind.YANKED : Kind.UNYANKED, library, version, actor);
  }

  /**
   * Deletes a version: its row becomes a tombstone, its bytes are free.
   *
   * @return the blob to remove once this is committed
   * @throws ProblemException {@link ProblemType#VERSION_NOT_FOUND}, {@link
   *     ProblemType#VERSION_DELETED}
   */
  public BlobKey delete(Library seen, Version number, Actor actor) {
    Library library = lock(seen);
    LibraryVersion version = version(library, number);
    version.delete(clock.instant());
    library.versionDeleted(version.sizeBytes());
    libraries.show(library, clock.instant());
    quotas.refund(library.scopeId(), version.sizeBytes());
    record(
        actor,
        AuditAction.VERSION_DELETED,
        library.reference() + "@" + version.version(),
        "sha256=" + version.sha256() + " size_bytes=" + version.sizeBytes());
    tell(Kind.DELETED, library, version, actor);
    return version.blobKey();
  }

  /**
   * Moves a library to another scope; the old reference leads there for ever. The archives stay
   * where they are: each version knows its own.
   *
   * @throws ProblemException {@link ProblemType#LIBRARY_EXISTS} when the name is, or was, another
   *     library's there; {@link ProblemType#QUOTA_EXCEEDED}; {@link ProblemType#SCOPE_NOT_FOUND}
   */
  public Library transfer(Library seen, Namespace target, Actor actor) {
    Library library = lock(seen);
    UUID from = library.scopeId();
    if (from.equals(target.id())) {
      return library;
    }
    String old = library.reference();
    requireFree(target, library);
    redirect(library);
    library.moveTo(target, clock.instant());
    // The name before the bytes, as publishing takes them: else each could wait for the other.
    libraries.show(library, clock.instant());
    moveBytes(library, from, target);
    record(actor, AuditAction.LIBRARY_TRANSFERRED, old, "to=" + library.reference());
    days.follow(library, from, library.visibility());
    return library;
  }

  /** The name is free when no library has it there, and no other ever did. */
  private void requireFree(Namespace target, Library library) {
    boolean taken =
        libraries.find(target.name(), library.name()).isPresent()
            || libraries
                .findMoved(target.name(), library.name())
                .filter(other -> !other.id().equals(library.id()))
                .isPresent();
    if (taken) {
      throw new ProblemException(
          ProblemType.LIBRARY_EXISTS,
          "Choose another scope: '%s' has, or had, a library '%s'."
              .formatted(target.name(), library.name()));
    }
  }

  private void moveBytes(Library library, UUID from, Namespace target) {
    Stream.of(from, target.id())
        .sorted()
        .forEach(
            namespace ->
                entities
                    .createQuery(
                        "update Namespace n set n.usedBytes = n.usedBytes where n.id = :id")
                    .setParameter("id", namespace)
                    .executeUpdate());
    Number bytes =
        (Number)
            entities
                .createQuery(
                    "select coalesce(sum(v.sizeBytes), 0) from LibraryVersion v"
                        + " where v.libraryId = :id and v.deletedAt is null")
                .setParameter("id", library.id())
                .getSingleResult();
    quotas.charge(target, bytes.longValue());
    quotas.refund(from, bytes.longValue());
  }

  private void redirect(Library library) {
    entities
        .createNativeQuery(
            "delete from library_redirects where library_id = ? and name = ? and scope = ?")
        .setParameter(1, library.id())
        .setParameter(2, library.name())
        .setParameter(3, library.scope())
        .executeUpdate();
    entities
        .createNativeQuery(
            "insert into library_redirects (scope, name, library_id, created_at) values (?, ?, ?, ?)")
        .setParameter(1, library.scope())
        .setParameter(2, library.name())
        .setParameter(3, library.id())
        .setParameter(4, Timestamp.from(clock.instant()))
        .executeUpdate();
  }

  /** Locks the library that the caller's rights were asked of: it may have moved since. */
  private Library lock(Library seen) {
    Library library = libraries.lock(entities.find(Library.class, seen.id()));
    if (!library.scopeId().equals(seen.scopeId())) {
      throw Libraries.moved();
    }
    return library;
  }

  private LibraryVersion version(Library library, Version number) {
    LibraryVersion version =
        libraries.findVersion(library.id(), number).orElseThrow(LibraryAccess::versionNotFound);
    if (version.isDeleted()) {
      throw LibraryAccess.versionDeleted();
    }
    return version;
  }

  private void tell(Kind kind, Library library, LibraryVersion version, Actor actor) {
    events.fire(
        new VersionEvent(kind, library, version, actor.caller().username(), clock.instant()));
  }

  private void record(Actor actor, AuditAction action, String target, String detail) {
    audit.record(actor.origin(), actor.caller(), action, Outcome.SUCCESS, target, detail);
  }
}
