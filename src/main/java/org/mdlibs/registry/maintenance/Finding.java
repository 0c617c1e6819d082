package org.mdlibs.registry.maintenance;

import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that is not as it should be, or that was done about it.
 *
 * @param event what, in lower case; see {@link Kind}
 * @param key the blob
 * @param version the version that it belongs to, as {@code @scope/name@1.0.0}; null for an orphan
 * @param sizeBytes the size of the blob as it is; null when that is not known
 * @param modifiedAt when the blob was written; null when that is not known
 * @param detail for people
 */
public record Finding(
    String event,
    String key,
    @Schema(nullable = true) String version,
    @Schema(nullable = true) Long sizeBytes,
    @Schema(nullable = true) Instant modifiedAt,
    String detail) {
  /** What can be found, and what can be done about it. */
  public enum Kind {
    /** A version whose archive is not there. */
    MISSING,
    /** A version whose archive has another size or checksum than its row says. */
    CORRUPT,
    /** A version whose archive could not be read to its end: the storage failed. */
    UNREADABLE,
    /** A blob that no version names: of a publish that failed, or of a deleted version. */
    ORPHAN,
    /** Something in the storage that is no blob: what a crash left of an upload. */
    LEFTOVER,
    /** An orphan or a leftover that was removed. */
    REMOVED,
    /** An orphan or a leftover that could not be removed. */
    FAILED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding of(Kind kind, StoredVersion version, Long sizeBytes, String detail) {
    return new Finding(
        kind.wireName(), version.blob().value(), version.reference(), sizeBytes, null, detail);
  }
}
