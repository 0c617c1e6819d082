package org.mdlibs.registry.stats;

import java.util.List;

/**
 * What is in the registry, of what the caller may see; deleted versions count nowhere.
 *
 * @param librariesByTag the commonest tags, at most a hundred, the commonest first
 * @param librariesByLicense the commonest licences, at most a hundred, the commonest first;
 *     libraries without one are in none
 */
public record LibraryStatistics(
    long totalLibraries,
    long totalVersions,
    long totalSizeBytes,
    List<TagCount> librariesByTag,
    List<LicenseCount> librariesByLicense) {
  public LibraryStatistics {
    librariesByTag = List.copyOf(librariesByTag);
    librariesByLicense = List.copyOf(librariesByLicense);
  }

  /** How many libraries have a tag. */
  public record TagCount(String tag, long count) {}

  /** How many libraries are under a licence. */
  public record LicenseCount(String license, long count) {}
}
