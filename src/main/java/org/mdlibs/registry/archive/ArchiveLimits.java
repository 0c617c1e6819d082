package org.mdlibs.registry.archive;

/**
 * How big one archive may be.
 *
 * @param maxArchiveBytes compressed bytes
 * @param maxUnpackedBytes bytes of all files together
 * @param maxEntries files and folders
 * @param maxFileBytes bytes of one file
 */
public record ArchiveLimits(
    long maxArchiveBytes, long maxUnpackedBytes, int maxEntries, long maxFileBytes) {
  /** 100 MiB, 512 MiB, 10,000 entries, 50 MiB. */
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(100L << 20, 512L << 20, 10_000, 50L << 20);
}
