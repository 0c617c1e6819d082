package org.mdlibs.registry.library;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One version, as publishing and reading it show it.
 *
 * @param checksum {@code sha256:} and lower-case hexadecimal
 * @param scanned whether it was scanned for malware and found clean; null where there was no
 *     scanner
 * @param createdBy the publisher's username
 * @param downloadUrl the path of the archive
 */
public record VersionDetails(
    UUID id,
    String scope,
    String name,
    String version,
    @Schema(nullable = true) String description,
    List<String> tags,
    @Schema(nullable = true) String license,
    String visibility,
    long size,
    String checksum,
    @Schema(nullable = true) Boolean scanned,
    long downloads,
    boolean yanked,
    Instant createdAt,
    String createdBy,
    String downloadUrl) {
  /** A version as its reader sees it. */
  public static VersionDetails of(Library library, LibraryVersion version, String createdBy) {
    return new VersionDetails(
        version.id(),
        library.scope(),
        library.name(),
        version.version(),
        version.description(),
        version.tags().values(),
        version.license(),
        library.visibility().wireName(),
        version.sizeBytes(),
        "sha256:" + version.sha256(),
        version.scanned(),
        version.downloads(),
        version.isYanked(),
        version.createdAt(),
        createdBy,
        downloadUrl(library, version));
  }

  /** The path of a version; build metadata is no part of it. */
  public static String path(Library library, LibraryVersion version) {
    return "/api/v1/libraries/"
        + library.scope()
        + "/"
        + library.name()
        + "/"
        + version.versionKey();
  }

  static String downloadUrl(Library library, LibraryVersion version) {
    return path(library, version) + "/download";
  }
}
