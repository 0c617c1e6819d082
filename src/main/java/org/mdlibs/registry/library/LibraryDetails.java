package org.mdlibs.registry.library;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A library with its versions, as {@code GET /libraries/{scope}/{name}} shows it.
 *
 * @param versions at most 100, the highest precedence first
 */
public record LibraryDetails(
    String scope,
    String name,
    @Schema(nullable = true) String latestVersion,
    @Schema(nullable = true) String description,
    List<String> tags,
    @Schema(nullable = true) String license,
    String visibility,
    @Schema(nullable = true) String deprecation,
    long downloads,
    long totalDownloads,
    Instant createdAt,
    Instant updatedAt,
    int versionsCount,
    List<VersionSummary> versions) {
  static LibraryDetails of(Library library, List<LibraryVersion> versions) {
    return new LibraryDetails(
        library.scope(),
        library.name(),
        library.latestVersion(),
        library.description(),
        library.tags().values(),
        library.license(),
        library.visibility().wireName(),
        library.deprecation(),
        library.downloads(),
        library.downloads(),
        library.createdAt(),
        library.updatedAt(),
        library.versionsCount(),
        VersionSummary.of(library, versions));
  }
}
