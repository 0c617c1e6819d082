package org.mdlibs.registry.maintenance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.MigrationVersion;
import org.mdlibs.registry.datasource.DatabaseUrl;

/** The versions of the database's schema; several processes that migrate at once take turns. */
public final class Migrations {
  private static final String VERSION =
      "select version from flyway_schema_history where success order by installed_rank desc limit 1";

  private Migrations() {}

  /**
   * Brings a database to the schema of this build.
   *
   * @throws IllegalStateException when there is no schema afterwards
   */
  public static void run(DataSource database, DatabaseUrl.Kind kind) {
    run(database, kind, MigrationVersion.LATEST);
  }

  /**
   * Brings an empty database to the schema of a version.
   *
   * @throws IllegalArgumentException when this build does not know it
   */
  static void run(DataSource database, DatabaseUrl.Kind kind, String version) {
    MigrationVersion target = MigrationVersion.fromVersion(version);
    boolean known =
        java.util.Arrays.stream(flyway(database, kind, MigrationVersion.LATEST).info().all())
            .anyMatch(migration -> target.equals(migration.getVersion()));
    if (!known) {
      throw new IllegalArgumentException(
          "the backup's database has the schema " + version + ", which is newer than this build");
    }
    run(database, kind, target);
  }

  private static void run(DataSource database, DatabaseUrl.Kind kind, MigrationVersion target) {
    Flyway flyway = flyway(database, kind, target);
    flyway.migrate();
    if (flyway.info().current() == null) {
      throw new IllegalStateException("No migration was found: the database has no schema");
    }
  }

  private static Flyway flyway(
      DataSource database, DatabaseUrl.Kind kind, MigrationVersion target) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:db/migration/" + kind.name().toLowerCase(Locale.ROOT))
        .callbackLocations(new Location[0])
        .validateMigrationNaming(true)
        .target(target)
        .load();
  }

  /** The version of a database that has a schema. */
  static String version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(VERSION)) {
      row.next();
      return row.getString(1);
    }
  }
}
