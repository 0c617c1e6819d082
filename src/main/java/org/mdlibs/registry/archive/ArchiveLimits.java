package org.mdlibs.registry.archive;

/**
 * How much one archive may be.
 *
 * @param maxArchiveBytes bytes of the {@code .tar.gz}
 * @param maxUnpackedBytes bytes of the tar in it: files, headers and padding
 * @param maxEntries entries, and likewise files and folders, those included that a path implies
 * @param maxFileBytes bytes of a single file
 */
public record ArchiveLimits(
    long maxArchiveBytes, long maxUnpackedBytes, int maxEntries, long maxFileBytes) {
  /** 100 MiB, 512 MiB, 10,000 entries, 50 MiB a file. */
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(100L << 20, 512L << 20, 10_000, 50L << 20);

  public ArchiveLimits {
    if (maxArchiveBytes < 1 || maxUnpackedBytes < 1 || maxEntries < 1 || maxFileBytes < 1) {
      throw new IllegalArgumentException("limits must be at least 1");
    }
  }
}
