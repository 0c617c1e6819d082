package org.mdlibs.registry.maintenance;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mdlibs.registry.maintenance.Finding.Kind;
import org.mdlibs.registry.maintenance.Strays.Stray;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.storage.BlobKey;
import org.mdlibs.registry.storage.Blobs;
import org.mdlibs.registry.storage.StoredBlob;

/**
 * Removes what belongs to no version, when it is older than a day; may run while the registry
 * serves.
 *
 * <p>Why nothing that is wanted can go: somebody may publish, at this moment, the very bytes that
 * an old orphan holds, and so put them under the same key. An orphan is therefore removed while the
 * row of its namespace is locked, after a last look at its age and at the rows. Publishing locks
 * that row too when it counts the quota, and only then looks whether its blob is there: whoever
 * comes second sees what the first did.
 */
public final class Collector {
  private final DataSource database;
  private final Blobs blobs;
  private final Clock clock;
  private final Mode mode;
  private final Strays strays;
  private long removed;
  private long bytes;
  private long failed;

  /** One run. */
  public Collector(DataSource database, Blobs blobs, Clock clock, Mode mode) {
    this.database = database;
    this.blobs = blobs;
    this.clock = clock;
    this.mode = mode;
    this.strays = new Strays(new StoredVersions(database), blobs, clock);
  }

  /** What a run does. */
  public enum Mode {
    /** Tells only what would be removed. */
    DRY_RUN,
    /** Removes, unless that would be most of what is there. */
    CAREFUL,
    /** Removes. */
    FORCED
  }

  /**
   * The end of a run.
   *
   * @param event always {@code report}
   * @param removed orphans and leftovers that were removed, or in a dry run would be
   * @param bytes of them
   * @param failed those that the storage did not let go
   */
  @Schema(name = "CollectionReport")
  public record Report(String event, boolean dryRun, long removed, long bytes, long failed) {
    @Override
    public String toString() {
      return "dry_run=%s removed=%d bytes=%d failed=%d".formatted(dryRun, removed, bytes, failed);
    }
  }

  /**
   * Collects.
   *
   * @throws SQLException when the database fails
   * @throws ProblemException {@link ProblemType#COLLECTION_REFUSED} when a careful run would remove
   *     more archives than it keeps; else when the storage cannot be listed
   * @throws IOException when the listener fails
   */
  public Report run(Listener listener) throws IOException, SQLException {
    if (mode == Mode.CAREFUL) {
      requireSense(listener);
    }
    strays.each(listener, stray -> take(stray, listener));
    return new Report("report", mode == Mode.DRY_RUN, removed, bytes, failed);
  }

  /** A storage that belongs to another database looks like one of nothing but orphans. */
  private void requireSense(Listener listener) throws IOException, SQLException {
    var orphans = new AtomicLong();
    var first = new Strays(new StoredVersions(database), blobs, clock);
    first.each(
        listener,
        stray -> {
          if (stray.kind() == Kind.ORPHAN) {
            orphans.incrementAndGet();
          }
        });
    if (orphans.get() > first.named()) {
      throw new ProblemException(
          ProblemType.COLLECTION_REFUSED,
          "See whether storage and database belong together, then force it: of the archives %d are named by the database and %d would be removed."
              .formatted(first.named(), orphans.get()));
    }
  }

  private void take(Stray stray, Listener listener) throws IOException, SQLException {
    try {
      if (mode == Mode.DRY_RUN) {
        listener.found(stray.finding());
      } else if (remove(stray)) {
        listener.found(stray.as(Kind.REMOVED, stray.finding().detail()));
      } else {
        return;
      }
      removed++;
      bytes += stray.blob().size();
    } catch (ProblemException e) {
      failed++;
      listener.found(stray.as(Kind.FAILED, e.getMessage()));
    }
  }

  private boolean remove(Stray stray) throws SQLException {
    if (stray.kind() == Kind.LEFTOVER) {
      blobs.removeLeftover(stray.blob());
      return true;
    }
    try (Connection connection = database.getConnection()) {
      boolean automatic = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        lock(connection, stray.blob().key());
        boolean gone = isStillAnOrphan(connection, stray.blob().key());
        if (gone) {
          blobs.remove(stray.blob().key());
        }
        return gone;
      } finally {
        connection.rollback();
        connection.setAutoCommit(automatic);
      }
    }
  }

  private boolean isStillAnOrphan(Connection connection, BlobKey key) throws SQLException {
    Optional<StoredBlob> now = blobs.find(key);
    return now.isPresent()
        && now.get().modified().isBefore(clock.instant().minus(Strays.GRACE))
        && StoredVersions.named(connection, Set.of(key)).isEmpty();
  }

  /** Locks the namespace that the key names; a key of no namespace is of nobody who publishes. */
  private static void lock(Connection connection, BlobKey key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("update namespaces set used_bytes = used_bytes where id = ?")) {
      statement.setObject(1, key.scopeId());
      statement.executeUpdate();
    }
  }
}
