package org.mdlibs.registry.library;

import java.time.Instant;
import java.util.List;

/** A version in the list of its library. */
public record VersionSummary(
    String version,
    long size,
    String checksum,
    Instant createdAt,
    long downloads,
    boolean yanked,
    String downloadUrl) {
  static List<VersionSummary> of(Library library, List<LibraryVersion> versions) {
    return versions.stream()
        .map(
            version ->
                new VersionSummary(
                    version.version(),
                    version.sizeBytes(),
                    "sha256:" + version.sha256(),
                    version.createdAt(),
                    version.downloads(),
                    version.isYanked(),
                    VersionDetails.downloadUrl(library, version)))
        .toList();
  }
}
