package org.mdlibs.registry.search;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of what was found.
 *
 * @param total exact up to 10,000
 * @param totalIsCapped true when there are more than {@code total}; else absent
 */
public record SearchPage(
    List<FoundLibrary> libraries,
    long total,
    @Schema(nullable = true) Boolean totalIsCapped,
    int page,
    int perPage) {

  /** A library in a list. */
  public record FoundLibrary(
      String scope,
      String name,
      @Schema(nullable = true) String latestVersion,
      @Schema(nullable = true) String description,
      List<String> tags,
      @Schema(nullable = true) String license,
      String visibility,
      @Schema(nullable = true) String deprecation,
      long downloads,
      Instant createdAt,
      Instant updatedAt) {}
}
