package org.mdlibs.registry.library;

import java.time.Instant;
import java.util.List;

/**
 * A library with its versions, as {@code GET /libraries/{scope}/{name}} shows it.
 *
 * @param versions at most 100, the highest precedence first
 */
public record LibraryDetails(
    String scope,
    String name,
    String latestVersion,
    String description,
    List<String> tags,
    String license,
    String visibility,
    String deprecation,
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
