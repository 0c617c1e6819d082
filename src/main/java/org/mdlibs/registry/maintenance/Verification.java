package org.mdlibs.registry.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mdlibs.registry.config.Sha256;
import org.mdlibs.registry.maintenance.Finding.Kind;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.storage.Blobs;

/**
 * Reads every archive again and compares it with its row, then looks for blobs that no row names.
 * Changes nothing, holds no connection while bytes are read, goes on after a bad object, and may
 * run while the registry serves: what is published or deleted meanwhile is no finding.
 */
public final class Verification {
  private static final int BUFFER_BYTES = 1 << 16;

  /** One after the other: then it is the storage that is away, and not an archive. */
  private static final int MOST_FAILURES = 10;

  private final StoredVersions versions;
  private final Strays strays;
  private final Blobs blobs;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private int failures;
  private long checked;
  private long bytes;

  /** One run. */
  public Verification(DataSource database, Blobs blobs, Clock clock) {
    this.versions = new StoredVersions(database);
    this.strays = new Strays(versions, blobs, clock);
    this.blobs = blobs;
  }

  /**
   * The end of a run.
   *
   * @param event always {@code report}
   * @param checked versions that are not deleted
   * @param bytes of archives that were read
   * @param intact versions whose archive is what its row says
   * @param orphans blobs older than a day that no version names
   * @param pending younger ones, which may be about to get a version
   * @param whole whether nothing is missing, corrupt or unreadable; orphans and leftovers do no
   *     harm
   */
  @Schema(name = "VerificationReport")
  public record Report(
      String event,
      long checked,
      long bytes,
      long intact,
      long missing,
      long corrupt,
      long unreadable,
      long orphans,
      long pending,
      long leftovers,
      boolean whole) {
    @Override
    public String toString() {
      return "checked=%d missing=%d corrupt=%d unreadable=%d orphans=%d leftovers=%d"
          .formatted(checked, missing, corrupt, unreadable, orphans, leftovers);
    }
  }

  /**
   * Verifies everything.
   *
   * @throws SQLException when the database fails; then nothing is known of what was not heard yet
   * @throws ProblemException when the storage cannot be listed, or is away
   * @throws IOException when the listener fails
   */
  public Report run(Listener listener) throws IOException, SQLException {
    versions.each(
        page -> {
          for (StoredVersion version : page) {
            check(version, listener);
          }
          listener.progress(Listener.Progress.of("versions", checked, bytes));
          return true;
        });
    strays.each(
        listener,
        stray -> {
          counts.merge(stray.kind(), 1L, Long::sum);
          listener.found(stray.finding());
        });
    return report();
  }

  private void check(StoredVersion version, Listener listener) throws IOException, SQLException {
    Finding finding = compare(version);
    checked++;
    if (finding != null && versions.isThere(version)) {
      counts.merge(Kind.valueOf(finding.event().toUpperCase(Locale.ROOT)), 1L, Long::sum);
      listener.found(finding);
    }
  }

  /** What is wrong with an archive; null when nothing is. */
  private Finding compare(StoredVersion version) {
    long size = 0;
    try (InputStream in = blobs.read(version.blob())) {
      MessageDigest digest = Sha256.digest();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        size += count;
        bytes += count;
      }
      failures = 0;
      String sha256 = HexFormat.of().formatHex(digest.digest());
      if (sha256.equals(version.sha256()) && size == version.sizeBytes()) {
        return null;
      }
      return Finding.of(
          Kind.CORRUPT,
          version,
          size,
          "has sha256 %s, not %s; %d bytes, not %d"
              .formatted(sha256, version.sha256(), size, version.sizeBytes()));
    } catch (NoSuchFileException e) {
      failures = 0;
      return Finding.of(Kind.MISSING, version, null, "is not in the storage");
    } catch (IOException | ProblemException e) {
      if (e instanceof ProblemException away && ++failures == MOST_FAILURES) {
        throw away;
      }
      return Finding.of(
          Kind.UNREADABLE, version, null, "broke off after " + size + " bytes: " + e.getMessage());
    }
  }

  private Report report() {
    long missing = counts.getOrDefault(Kind.MISSING, 0L);
    long corrupt = counts.getOrDefault(Kind.CORRUPT, 0L);
    long unreadable = counts.getOrDefault(Kind.UNREADABLE, 0L);
    long bad = missing + corrupt + unreadable;
    return new Report(
        "report",
        checked,
        bytes,
        checked - bad,
        missing,
        corrupt,
        unreadable,
        counts.getOrDefault(Kind.ORPHAN, 0L),
        strays.pending(),
        counts.getOrDefault(Kind.LEFTOVER, 0L),
        bad == 0);
  }
}
