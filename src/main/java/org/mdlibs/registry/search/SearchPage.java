package org.mdlibs.registry.search;

import java.time.Instant;
import java.util.List;

/**
 * A page of what was found.
 *
 * @param total exact up to 10,000
 * @param totalIsCapped true when there are more than {@code total}; else absent
 */
public record SearchPage(
    List<FoundLibrary> libraries, long total, Boolean totalIsCapped, int page, int perPage) {

  /** A library in a list. */
  public record FoundLibrary(
      String scope,
      String name,
      String latestVersion,
      String description,
      List<String> tags,
      String license,
      String visibility,
      String deprecation,
      long downloads,
      Instant createdAt,
      Instant updatedAt) {}
}
