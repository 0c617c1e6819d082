package org.mdlibs.registry.library;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.problem.RivalWon;
import org.mdlibs.registry.storage.Blobs;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.user.Quotas;

/** The libraries and versions of the database. */
@Stateless
public class Libraries {
  @PersistenceContext private EntityManager entities;
  @Inject private SearchIndex index;
  @Inject private Quotas quotas;
  @Inject private AuditEvents audit;
  @Inject private Blobs blobs;
  @Inject private Clock clock;
  @Inject private Chance chance;
  @Inject private Event<VersionEvent> events;

  /**
   * What a new version is to be.
   *
   * @param visibility of the library where it is new
   * @param isVisibilityWanted whether the publisher asked for it, so that no other will do
   */
  public record Draft(
      Namespace namespace,
      LibraryName name,
      Visibility visibility,
      boolean isVisibilityWanted,
      LibraryVersion.Facts facts,
      Caller publisher,
      Origin origin) {
    /** {@code @scope/name@version}. */
    public String reference() {
      return "@" + namespace.name() + "/" + name + "@" + facts.version();
    }
  }

  /** A library and one of its versions. */
  public record Release(Library library, LibraryVersion version) {}

  /** The library of a reference, whoever asks. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<Library> find(String scope, String name) {
    return entities
        .createQuery(
            "select l from Library l where l.scope = :scope and l.name = :name", Library.class)
        .setParameter("scope", scope)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  /** A version, deleted ones too. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<LibraryVersion> findVersion(UUID library, Version version) {
    return entities
        .createQuery(
            "select v from LibraryVersion v where v.libraryId = :library and v.versionKey = :key",
            LibraryVersion.class)
        .setParameter("library", library)
        .setParameter("key", version.key())
        .getResultStream()
        .findFirst();
  }

  /**
   * The latest version: the highest stable one that is neither yanked nor deleted, else the highest
   * prerelease.
   */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<LibraryVersion> findLatest(UUID library) {
    return highest(library, " and v.prerelease = false").or(() -> highest(library, ""));
  }

  private Optional<LibraryVersion> highest(UUID library, String condition) {
    return entities
        .createQuery(
            "select v from LibraryVersion v where v.libraryId = :library"
                + " and v.deletedAt is null and v.yankedAt is null"
                + condition
                + " order by v.precedence desc",
            LibraryVersion.class)
        .setParameter("library", library)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** The versions of a library that are not deleted, the highest precedence first. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<LibraryVersion> versions(UUID library, int first, int count) {
    return entities
        .createQuery(
            "select v from LibraryVersion v where v.libraryId = :library and v.deletedAt is null"
                + " order by v.precedence desc",
            LibraryVersion.class)
        .setParameter("library", library)
        .setFirstResult(first)
        .setMaxResults(count)
        .getResultList();
  }

  /**
   * Adds a version whose archive is stored already; the library too when it is new. One short
   * transaction: the unique index decides between rivals, and the quota is counted by one
   * conditional update.
   *
   * @throws ProblemException {@link ProblemType#VERSION_EXISTS}, also for a deleted one; {@link
   *     ProblemType#QUOTA_EXCEEDED}; {@link ProblemType#VISIBILITY_DIFFERS}; {@link
   *     ProblemType#LIBRARY_MOVED}; {@link ProblemType#SCOPE_NOT_FOUND} when the team was deleted
   *     meanwhile
   * @throws RivalWon when the same was added meanwhile: try again
   * @throws ArchiveGone when the archive is not stored: put it again
   */
  public Release add(Draft draft, LibraryVersion.StoredArchive archive) {
    try {
      return insert(draft, archive);
    } catch (PersistenceException e) {
      throw DatabaseFailure.isUniqueViolation(e) ? new RivalWon(e) : e;
    }
  }

  private Release insert(Draft draft, LibraryVersion.StoredArchive archive) {
    Instant now = clock.instant();
    requireMember(draft);
    Library library =
        find(draft.namespace().name(), draft.name().value())
            .map(this::lock)
            .orElseGet(() -> create(draft, now));
    if (!library.scopeId().equals(draft.namespace().id())) {
      throw moved();
    }
    // A rival may have made the library since it was looked at: what is private stays private.
    if (draft.isVisibilityWanted() && library.visibility() != draft.visibility()) {
      throw visibilityDiffers(library.visibility());
    }
    if (findVersion(library.id(), draft.facts().version()).isPresent()) {
      throw versionExists(library, draft.facts().version());
    }
    var version =
        new LibraryVersion(
            chance.uuid(), library, draft.facts(), archive, draft.publisher().id(), now);
    entities.persist(version);
    library.versionAdded(archive.sizeBytes());
    show(library, now);
    quotas.charge(draft.namespace(), archive.sizeBytes());
    // Only now, with the namespace locked, is it certain that no collector takes it for an orphan.
    // Also of a blob that was not there before: a removal that is tried again may come late.
    if (blobs.find(archive.key()).filter(b -> b.size() == archive.sizeBytes()).isEmpty()) {
      throw new ArchiveGone();
    }
    audit.record(
        draft.origin(),
        draft.publisher(),
        AuditAction.LIBRARY_PUBLISHED,
        Outcome.SUCCESS,
        draft.reference(),
        "sha256="
            + archive.sha256()
            + " size_bytes="
            + archive.sizeBytes()
            + (archive.scanned() == null ? "" : " scanned=" + archive.scanned()));
    events.fire(
        new VersionEvent(
            VersionEvent.Kind.PUBLISHED, library, version, draft.publisher().username(), now));
    return new Release(library, version);
  }

  /**
   * Bytes may have moved for minutes since the caller was let in: whoever was suspended or left the
   * team meanwhile publishes no more.
   */
  private void requireMember(Draft draft) {
    List<?> found =
        entities
            .createNativeQuery(
                "select 1 from users u where u.id = ? and not u.suspended and not u.closed_by_source"
                    + " and (u.id = ? or u.role = 'ADMIN' or exists (select 1 from team_members m"
                    + " where m.user_id = u.id and m.team_id = ?))")
            .setParameter(1, draft.publisher().id())
            .setParameter(2, draft.namespace().id())
            .setParameter(3, draft.namespace().id())
            .getResultList();
    if (found.isEmpty()) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "You may not publish under '" + draft.namespace().name() + "' any more.");
    }
  }

  /** The problem of a number that was given out before. */
  public static ProblemException versionExists(Library library, Version version) {
    return new ProblemException(
        ProblemType.VERSION_EXISTS,
        "Publish a higher version: @%s/%s@%s exists, and a version never changes."
            .formatted(library.scope(), library.name(), version.key()));
  }

  /** The problem of a visibility that is not the library's. */
  public static ProblemException visibilityDiffers(Visibility visibility) {
    return new ProblemException(
        ProblemType.VISIBILITY_DIFFERS,
        "Leave 'visibility' out: the library is %s, and publishing does not change that."
            .formatted(visibility.wireName()));
  }

  /**
   * Lets a library, and the search, show what its latest version says now; where all are yanked,
   * what the highest of them says. Nothing that a deleted version said stays.
   */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public void show(Library library, Instant now) {
    entities.flush();
    Optional<LibraryVersion> latest = findLatest(library.id());
    Optional<LibraryVersion> shown =
        latest.or(() -> versions(library.id(), 0, 1).stream().findFirst());
    library.show(latest.orElse(null), shown.orElse(null), now);
    entities.flush();
    if (shown.isPresent()) {
      index.put(library);
    } else {
      index.remove(library);
    }
  }

  /** The library that a reference led to before it moved. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  @SuppressWarnings("unchecked")
  public Optional<Library> findMoved(String scope, String name) {
    List<Object> ids =
        entities
            .createNativeQuery(
                "select library_id from library_redirects where scope = ? and name = ?")
            .setParameter(1, scope)
            .setParameter(2, name)
            .getResultList();
    return ids.stream().findFirst().map(id -> entities.find(Library.class, Rows.uuid(id)));
  }

  /** The problem of a reference whose library moved: it is given to no other. */
  public static ProblemException moved() {
    return new ProblemException(
        ProblemType.LIBRARY_MOVED,
        "Choose another name: a library of this name moved to another scope, and the old reference"
            + " leads there for ever.");
  }

  private Library create(Draft draft, Instant now) {
    findMoved(draft.namespace().name(), draft.name().value())
        .ifPresent(
            library -> {
              throw moved();
            });
    var library =
        new Library(
            chance.uuid(),
            draft.namespace(),
            draft.name(),
            draft.visibility(),
            draft.publisher().id(),
            now);
    entities.persist(library);
    entities.flush();
    entities.refresh(library);
    return library;
  }

  /** Waits for whoever changes the same library, then sees what he left. */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public Library lock(Library library) {
    entities
        .createQuery("update Library l set l.updatedAt = l.updatedAt where l.id = :id")
        .setParameter("id", library.id())
        .executeUpdate();
    entities.refresh(library);
    return library;
  }

  /** How many libraries a namespace has, and how often all that it ever had were downloaded. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Totals totals(UUID namespace) {
    long libraries =
        entities
            .createQuery(
                "select count(l) from Library l where l.scopeId = :id and l.versionsCount > 0",
                Long.class)
            .setParameter("id", namespace)
            .getSingleResult();
    Number downloads =
        entities
            .createQuery(
                "select coalesce(sum(l.downloads), 0) from Library l where l.scopeId = :id",
                Number.class)
            .setParameter("id", namespace)
            .getSingleResult();
    return new Totals(libraries, downloads.longValue());
  }

  /** Sums over the libraries of a namespace. */
  public record Totals(long libraries, long downloads) {}
}
