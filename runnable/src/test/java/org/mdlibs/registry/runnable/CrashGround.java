package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** What the killed server keeps its things in: it is not killed itself. */
record CrashGround(Map<String, String> environment, String jdbc, AutoCloseable servers)
    implements AutoCloseable {
  static CrashGround of(String name, Path home) throws IOException, InterruptedException {
    if (name.equals("sqlite+filesystem")) {
      return new CrashGround(
          Map.of(), "jdbc:sqlite:" + home.resolve("mdlibs.db") + "?busy_timeout=10000", () -> {});
    }
    if (name.equals("postgresql+s3")) {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder().setDataDirectory(home.resolve("postgresql")).start();
      S3Server s3 = S3Server.start(home.resolve("s3"));
      var environment = new HashMap<>(s3.environment());
      environment.put("MDLIBS_STORAGE", "s3://" + S3Server.BUCKET);
      environment.put(
          "MDLIBS_DATABASE_URL",
          "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres");
      return new CrashGround(
          environment,
          postgres.getJdbcUrl("postgres", "postgres"),
          () -> {
            s3.close();
            postgres.close();
          });
    }
    throw new IllegalArgumentException("crash.on=" + name);
  }

  /** The database itself finds no fault with it. */
  void requireWhole() throws SQLException {
    if (jdbc.startsWith("jdbc:sqlite:")) {
      assertThat(text("pragma integrity_check")).isEqualTo("ok");
      assertThat(text("select count(*) from pragma_foreign_key_check")).isEqualTo("0");
    }
  }

  /** What is counted is what is there. */
  void requireCounted() throws SQLException {
    String kept =
        "(select coalesce(sum(v.size_bytes), 0) from library_versions v join libraries l"
            + " on l.id = v.library_id where l.scope_id = n.id and v.deleted_at is null)";
    assertThat(text("select count(*) from namespaces n where n.used_bytes <> " + kept))
        .as("namespaces whose quota is miscounted")
        .isEqualTo("0");
    String versions =
        "(select count(*) from library_versions v where v.library_id = l.id and v.deleted_at is null)";
    assertThat(text("select count(*) from libraries l where l.versions_count <> " + versions))
        .as("libraries whose versions are miscounted")
        .isEqualTo("0");
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbc);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      servers.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
