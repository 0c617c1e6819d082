package org.mdlibs.registry.maintenance;

import java.util.Map;

/**
 * The form of a backup: a tar of {@code backup.json} ({@link Head}), the blobs under {@code
 * blobs/<key>}, a table each under {@code tables/<name>.ndjson}, and at last {@code end.json}
 * ({@link End}), without which it is not whole. The first line of a table is the array of its
 * columns' names, each further one the array of a row's values.
 */
final class BackupFile {
  static final int FORMAT = 1;
  static final String HEAD = "backup.json";
  static final String BLOBS = "blobs/";
  static final String TABLES = "tables/";
  static final String TABLE_END = ".ndjson";
  static final String END = "end.json";

  private BackupFile() {}

  /**
   * What a backup begins with.
   *
   * @param format of this file
   * @param schema the version of the database's schema
   * @param database the kind that it comes from; it can go to any
   */
  public record Head(int format, String registry, String schema, String database, String madeAt) {}

  /**
   * What a whole backup ends with.
   *
   * @param rows of each table
   * @param bytes of the blobs
   */
  public record End(Map<String, Long> rows, long blobs, long bytes) {}
}
