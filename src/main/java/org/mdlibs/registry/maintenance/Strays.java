package org.mdlibs.registry.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mdlibs.registry.maintenance.Finding.Kind;
import org.mdlibs.registry.storage.BlobKey;
import org.mdlibs.registry.storage.Blobs;
import org.mdlibs.registry.storage.StoredBlob;

/**
 * What lies in the storage and belongs to no version. A blob is put before its row is written, so
 * one that is young may be about to get its row: it is no stray before it is a day old.
 */
final class Strays {
  /** No upload takes so long. */
  static final Duration GRACE = Duration.ofDays(1);

  private static final int PAGE = 500;

  private final StoredVersions versions;
  private final Blobs blobs;
  private final Clock clock;
  private long pending;
  private long named;

  Strays(StoredVersions versions, Blobs blobs, Clock clock) {
    this.versions = versions;
    this.blobs = blobs;
    this.clock = clock;
  }

  /** An orphan or a leftover. */
  record Stray(Kind kind, StoredBlob blob) {
    Finding finding() {
      return as(kind, kind == Kind.ORPHAN ? "no version names it" : "is no blob");
    }

    Finding as(Kind kind, String detail) {
      return new Finding(
          kind.wireName(), blob.key().value(), null, blob.size(), blob.modified(), detail);
    }
  }

  /** Takes strays. */
  @FunctionalInterface
  interface Taker {
    void take(Stray stray) throws IOException, SQLException;
  }

  /** A checked exception on its way through the storage's listing. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(SQLException cause) {
      super(cause);
    }

    @Override
    public synchronized SQLException getCause() {
      return (SQLException) super.getCause();
    }
  }

  /** Finds all of them; none is held in memory for longer than a page of blobs. */
  void each(Listener listener, Taker taker) throws IOException, SQLException {
    Instant young = clock.instant().minus(GRACE);
    var page = new ArrayList<StoredBlob>();
    var seen = new long[2];
    try {
      blobs.list(
          blob -> {
            seen[0]++;
            seen[1] += blob.size();
            page.add(blob);
            if (page.size() == PAGE) {
              sift(page, young, taker);
            }
            if (seen[0] % PAGE == 0) {
              tell(listener, seen);
            }
          });
      sift(page, young, taker);
      tell(listener, seen);
      blobs.leftovers(
          blob -> {
            if (blob.modified().isBefore(young)) {
              give(taker, new Stray(Kind.LEFTOVER, blob));
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (Broken e) {
      throw e.getCause();
    }
  }

  /** How many blobs had no version yet, but may be about to get one. */
  long pending() {
    return pending;
  }

  /** How many blobs have a version. */
  long named() {
    return named;
  }

  private void sift(List<StoredBlob> page, Instant young, Taker taker) {
    try {
      Set<BlobKey> known = versions.named(page.stream().map(StoredBlob::key).toList());
      for (StoredBlob blob : page) {
        if (known.contains(blob.key())) {
          named++;
          continue;
        }
        if (blob.modified().isBefore(young)) {
          give(taker, new Stray(Kind.ORPHAN, blob));
        } else {
          pending++;
        }
      }
      page.clear();
    } catch (SQLException e) {
      throw new Broken(e);
    }
  }

  private static void give(Taker taker, Stray stray) {
    try {
      taker.take(stray);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new Broken(e);
    }
  }

  private static void tell(Listener listener, long[] seen) {
    try {
      listener.progress(Listener.Progress.of("blobs", seen[0], seen[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
