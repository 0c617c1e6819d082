package org.mdlibs.registry.maintenance;

import java.io.IOException;
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

  /** Versions at a time. */
  private static final int PAGE = 500;

  private final DataSource database;

  /** Takes versions, in the order of their ids. */
  interface Visitor {
    /** Takes some; whether to go on. */
    boolean take(List<StoredVersion> page) throws IOException, SQLException;
  }

  /** Where a page comes from. */
  private interface Pages {
    List<StoredVersion> after(UUID last) throws SQLException;
  }

  StoredVersions(DataSource database) {
    this.database = database;
  }

  /** Shows every version, page by page, each with a connection of its own: whether to the end. */
  boolean each(Visitor visitor) throws IOException, SQLException {
    return each(
        last -> {
          try (Connection connection = database.getConnection()) {
            return page(connection, last);
          }
        },
        visitor);
  }

  /** Shows every version that a connection sees, page by page: whether to the end. */
  static boolean each(Connection connection, Visitor visitor) throws IOException, SQLException {
    return each(last -> page(connection, last), visitor);
  }

  private static boolean each(Pages pages, Visitor visitor) throws IOException, SQLException {
    UUID last = null;
    List<StoredVersion> page;
    do {
      page = pages.after(last);
      if (!visitor.take(page)) {
        return false;
      }
      last = page.isEmpty() ? null : page.get(page.size() - 1).id();
    } while (page.size() == PAGE);
    return true;
  }

  private static List<StoredVersion> page(Connection connection, UUID last) throws SQLException {
    String sql = SELECT + (last == null ? "" : " and v.id > ?") + " order by v.id limit " + PAGE;
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
