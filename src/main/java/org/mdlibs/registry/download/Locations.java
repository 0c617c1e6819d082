package org.mdlibs.registry.download;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.mdlibs.registry.access.Access;
import org.mdlibs.registry.access.Access.Action;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.library.LibraryAccess;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.storage.BlobKey;

/**
 * Finds an archive for a caller: one statement, straight over JDBC. This is the hottest path of the
 * registry; entities were measured to cost it as much as everything else together.
 */
@ApplicationScoped
public class Locations {
  private static final String SQL =
      "select l.id, l.scope, l.name, l.scope_id, l.visibility, v.id, v.version, v.version_key,"
          + " v.size_bytes, v.checksum, v.storage_path, v.deleted_at"
          + " from libraries l left join library_versions v"
          + " on v.library_id = l.id and v.version_key = ?"
          + " where l.scope = ? and l.name = ?";

  @Resource(lookup = "java:app/jdbc/registry-read")
  private DataSource database;

  @Inject private RegistryConfig config;

  /**
   * An archive, and what goes with it.
   *
   * @param isShared whether a shared cache may keep it (RFC 9111 §5.2.2)
   */
  public record Location(
      UUID library,
      UUID version,
      String scope,
      String name,
      String number,
      String key,
      long size,
      String sha256,
      BlobKey blob,
      boolean isShared) {}

  /**
   * Finds the archive of a version.
   *
   * @throws ProblemException {@link ProblemType#AUTHENTICATION_REQUIRED}, {@link
   *     ProblemType#LIBRARY_NOT_FOUND}, {@link ProblemType#VERSION_NOT_FOUND}, {@link
   *     ProblemType#VERSION_DELETED}
   */
  public Location get(Caller caller, String scope, String name, Version version)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setString(1, version.key());
      statement.setString(2, scope.toLowerCase(Locale.ROOT));
      statement.setString(3, name);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw LibraryAccess.notFound();
        }
        return location(caller, row);
      }
    }
  }

  private Location location(Caller caller, ResultSet row) throws SQLException {
    boolean isPrivate = !row.getString(5).equals("public");
    UUID scopeId = UUID.fromString(row.getString(4));
    if (Access.decide(caller, Action.READ, scopeId, isPrivate, config.anonymousRead())
        != Access.Verdict.ALLOWED) {
      throw LibraryAccess.notFound();
    }
    if (row.getString(6) == null) {
      throw LibraryAccess.versionNotFound();
    }
    if (row.getObject(12) != null) {
      throw LibraryAccess.versionDeleted();
    }
    return new Location(
        UUID.fromString(row.getString(1)),
        UUID.fromString(row.getString(6)),
        row.getString(2),
        row.getString(3),
        row.getString(7),
        row.getString(8),
        row.getLong(9),
        row.getString(10),
        new BlobKey(row.getString(11)),
        !isPrivate && config.anonymousRead());
  }
}
