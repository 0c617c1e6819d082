package org.mdlibs.registry.maintenance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.mdlibs.registry.storage.BlobKey;

/**
 * What the rows say about archives, straight over JDBC, so that it works without a container too.
 * No statement here stays open while bytes are read.
 */
final class StoredVersions {
  private static final String SELECT =
      "select v.id, l.scope, l.name, v.version, v.storage_path, v.size_bytes, v.checksum"
          + " from library_versions v join libraries l on l.id = v.library_id"
          + " where v.deleted_at is null";

  private final DataSource database;

  StoredVersions(DataSource database) {
    this.database = database;
  }

  /**
   * Versions in the order of their ids.
   *
   * @param last the id of the last one of the page before; null for the first page
   */
  List<StoredVersion> following(UUID last, int count) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return following(connection, last, count);
    }
  }

  static List<StoredVersion> following(Connection connection, UUID last, int count)
      throws SQLException {
    String sql = SELECT + (last == null ? "" : " and v.id > ?") + " order by v.id limit " + count;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (last != null) {
        statement.setObject(1, last);
      }
      return versions(statement);
    }
  }

  private static List<StoredVersion> versions(PreparedStatement statement) throws SQLException {
    var found = new ArrayList<StoredVersion>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(
            new StoredVersion(
                UUID.fromString(row.getString(1)),
                "@" + row.getString(2) + "/" + row.getString(3) + "@" + row.getString(4),
                new BlobKey(row.getString(5)),
                row.getLong(6),
                row.getString(7)));
      }
    }
    return found;
  }

  /** Whether a version is still there, and not deleted. */
  boolean isThere(StoredVersion version) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(SELECT + " and v.id = ?")) {
      statement.setObject(1, version.id());
      return !versions(statement).isEmpty();
    }
  }

  /** Those of some keys that versions name which are not deleted. */
  Set<BlobKey> named(Collection<BlobKey> keys) throws SQLException {
    if (keys.isEmpty()) {
      return Set.of();
    }
    try (Connection connection = database.getConnection()) {
      return named(connection, keys);
    }
  }

  static Set<BlobKey> named(Connection connection, Collection<BlobKey> keys) throws SQLException {
    String marks = String.join(", ", Collections.nCopies(keys.size(), "?"));
    String sql =
        "select storage_path from library_versions where deleted_at is null and storage_path in ("
            + marks
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 0;
      for (BlobKey key : keys) {
        statement.setString(++index, key.value());
      }
      var named = new HashSet<BlobKey>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          named.add(new BlobKey(row.getString(1)));
        }
      }
      return named;
    }
  }
}
