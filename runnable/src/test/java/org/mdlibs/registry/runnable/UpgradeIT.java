package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A registry that lived under the very first schema: accounts, libraries, counts and archives are
 * there, under the schema of this build. Its content is made by today's registry, of which the
 * first schema takes what it has columns for.
 */
final class UpgradeIT {
  private static final String FIRST = "1";
  private static final String VERSION = "/api/v1/libraries/admin/notes/1.0.0";

  /** In the order in which rows may refer to rows. */
  private static final List<String> TABLES =
      List.of(
          "namespaces", "users", "signing_keys", "libraries", "library_tags", "library_versions");

  @TempDir private Path folder;

  private Path home(String name) throws Exception {
    return Files.createDirectories(folder.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite+filesystem", "postgresql+s3"})
  void what_the_first_schema_held_is_there(String name) throws Exception {
    boolean sqlite = name.startsWith("sqlite");
    Path home = home("new");
    try (CrashGround ground = CrashGround.of(name, home)) {
      var source = new KilledServer(home, ground.environment());
      try {
        source.start();
        new Calls(source).login().publishNotes();
        source.stop();
      } finally {
        source.kill();
      }

      var environment = new HashMap<>(ground.environment());
      String first;
      if (sqlite) {
        first = "jdbc:sqlite:" + home("old").resolve("mdlibs.db");
        environment.put("MDLIBS_STORAGE", "filesystem:" + home.resolve("storage"));
      } else {
        first = ground.jdbc().replace("/postgres?", "/first?");
        try (Connection connection = DriverManager.getConnection(ground.jdbc());
            Statement statement = connection.createStatement()) {
          statement.execute("create database first");
        }
        environment.computeIfPresent(
            "MDLIBS_DATABASE_URL", (key, url) -> url.replaceFirst("/postgres$", "/first"));
      }
      makeFirst(ground.jdbc(), first, sqlite);

      var server = new KilledServer(home("old"), environment);
      try {
        server.start();
        check(server);
        server.stop();
      } finally {
        server.kill();
      }
    }
  }

  private static void check(KilledServer server) throws Exception {
    Calls calls = new Calls(server).login();
    String version = calls.get(VERSION).body();
    assertThat(version).contains("\"downloads\":12", "\"checksum\":\"sha256:");
    String statistics = calls.get("/api/v1/stats/downloads?days=7").body();
    assertThat(statistics).contains("\"total_downloads\":12");
    assertThat(statistics).contains("\"count\":5", "\"count\":7");
    assertThat(calls.get(VERSION + "/download").statusCode()).isEqualTo(200);
    assertThat(calls.get("/api/v1/admin/usage").body()).contains("\"libraries_count\":1");
    assertThat(
            calls
                .send(calls.request("/api/v1/admin/storage/verify").POST(BodyPublishers.noBody()))
                .body())
        .contains("\"whole\":true");
    assertThat(calls.send(calls.request(VERSION).DELETE()).statusCode()).isEqualTo(204);
  }

  private static void makeFirst(String from, String to, boolean sqlite) throws SQLException {
    Path migrations = Path.of("..", "src", "main", "resources", "db", "migration");
    Flyway.configure()
        .dataSource(to, null, null)
        .locations("filesystem:" + migrations.resolve(sqlite ? "sqlite" : "postgresql"))
        .target(FIRST)
        .load()
        .migrate();
    try (Connection source = DriverManager.getConnection(from);
        Connection target = DriverManager.getConnection(to)) {
      for (String table : TABLES) {
        copy(source, target, table);
      }
      try (Statement statement = target.createStatement()) {
        addDownloads(statement);
      }
    }
  }

  private static void addDownloads(Statement statement) throws SQLException {
    long today = LocalDate.now(ZoneOffset.UTC).toEpochDay();
    statement.execute(
        "insert into downloads (version_id, day, downloaded_by, count)"
            + " select id, %d, created_by, 5 from library_versions".formatted(today - 1));
    statement.execute(
        "insert into downloads (version_id, day, downloaded_by, count)"
            + " select id, %d, created_by, 7 from library_versions".formatted(today - 2));
    statement.execute("update library_versions set downloads = 12");
    statement.execute("update libraries set downloads = 12");
  }

  private static void copy(Connection source, Connection target, String table) throws SQLException {
    List<String> columns = new ArrayList<>(columns(target, table));
    columns.retainAll(columns(source, table));
    String names = String.join(", ", columns);
    String marks = String.join(", ", columns.stream().map(column -> "?").toList());
    String always =
        target.getMetaData().getDatabaseProductName().equals("PostgreSQL")
            ? " overriding system value"
            : "";
    try (Statement statement = source.createStatement();
        ResultSet rows = statement.executeQuery("select " + names + " from " + table);
        PreparedStatement insert =
            target.prepareStatement(
                "insert into " + table + " (" + names + ")" + always + " values (" + marks + ")")) {
      int copied = 0;
      while (rows.next()) {
        for (int i = 1; i <= columns.size(); i++) {
          insert.setObject(i, rows.getObject(i));
        }
        insert.executeUpdate();
        copied++;
      }
      assertThat(copied).as(table).isPositive();
    }
  }

  private static List<String> columns(Connection connection, String table) throws SQLException {
    var columns = new ArrayList<String>();
    try (ResultSet row = connection.getMetaData().getColumns(null, null, table, null)) {
      while (row.next()) {
        if (!"YES".equals(row.getString("IS_GENERATEDCOLUMN"))) {
          columns.add(row.getString("COLUMN_NAME"));
        }
      }
    }
    return columns;
  }
}
