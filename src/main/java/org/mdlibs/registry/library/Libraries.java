package org.mdlibs.registry.library;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.problem.RivalWon;
import org.mdlibs.registry.user.Namespace;

/** The libraries and versions of the database. */
@Stateless
public class Libraries {
  @PersistenceContext private EntityManager entities;
  @Inject private SearchIndex index;
  @Inject private Clock clock;
  @Inject private Chance chance;

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
      UUID createdBy) {}

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
   * @param standardQuotaBytes the namespace's quota unless it has one of its own
   * @throws ProblemException {@link ProblemType#VERSION_EXISTS}, also for a deleted one; {@link
   *     ProblemType#QUOTA_EXCEEDED}; {@link ProblemType#VISIBILITY_DIFFERS}
   * @throws RivalWon when the same was added meanwhile: try again
   */
  public Release add(Draft draft, LibraryVersion.StoredArchive archive, long standardQuotaBytes) {
    try {
      return insert(draft, archive, standardQuotaBytes);
    } catch (PersistenceException e) {
      throw DatabaseFailure.isUniqueViolation(e) ? new RivalWon(e) : e;
    }
  }

  private Release insert(
      Draft draft, LibraryVersion.StoredArchive archive, long standardQuotaBytes) {
    Instant now = clock.instant();
    Library library =
        find(draft.namespace().name(), draft.name().value())
            .map(this::lock)
            .orElseGet(() -> create(draft, now));
    // A rival may have made the library since it was looked at: what is private stays private.
    if (draft.isVisibilityWanted() && library.visibility() != draft.visibility()) {
      throw visibilityDiffers(library.visibility());
    }
    if (findVersion(library.id(), draft.facts().version()).isPresent()) {
      throw versionExists(library, draft.facts().version());
    }
    var version =
        new LibraryVersion(chance.uuid(), library, draft.facts(), archive, draft.createdBy(), now);
    entities.persist(version);
    entities.flush();
    library.versionAdded(findLatest(library.id()).orElse(version), now);
    entities.flush();
    index.put(library);
    charge(draft.namespace(), archive.sizeBytes(), standardQuotaBytes);
    return new Release(library, version);
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

  private Library create(Draft draft, Instant now) {
    var library =
        new Library(
            chance.uuid(),
            draft.namespace(),
            draft.name(),
            draft.visibility(),
            draft.createdBy(),
            now);
    entities.persist(library);
    entities.flush();
    entities.refresh(library);
    return library;
  }

  /** Waits for whoever changes the same library, then sees what he left. */
  private Library lock(Library library) {
    entities
        .createQuery("update Library l set l.updatedAt = l.updatedAt where l.id = :id")
        .setParameter("id", library.id())
        .executeUpdate();
    entities.refresh(library);
    return library;
  }

  private void charge(Namespace namespace, long bytes, long standardQuotaBytes) {
    int charged =
        entities
            .createQuery(
                "update Namespace n set n.usedBytes = n.usedBytes + :bytes where n.id = :id"
                    + " and n.usedBytes + :bytes <= coalesce(n.quotaBytes, :standard)")
            .setParameter("bytes", bytes)
            .setParameter("id", namespace.id())
            .setParameter("standard", standardQuotaBytes)
            .executeUpdate();
    if (charged == 0) {
      throw quotaExceeded(bytes, namespace.quotaBytes(standardQuotaBytes));
    }
  }

  /** The problem of an archive that has no room left. */
  public static ProblemException quotaExceeded(long bytes, long quota) {
    return new ProblemException(
        ProblemType.QUOTA_EXCEEDED,
        "Delete old versions or ask an administrator: %d more bytes would exceed the quota of %d."
            .formatted(bytes, quota));
  }

  /** How many libraries a namespace has, and how often they were downloaded. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Totals totals(UUID namespace) {
    Object[] row =
        entities
            .createQuery(
                "select count(l), coalesce(sum(l.downloads), 0) from Library l where l.scopeId = :id",
                Object[].class)
            .setParameter("id", namespace)
            .getSingleResult();
    return new Totals(((Number) row[0]).longValue(), ((Number) row[1]).longValue());
  }

  /** Sums over the libraries of a namespace. */
  public record Totals(long libraries, long downloads) {}
}
