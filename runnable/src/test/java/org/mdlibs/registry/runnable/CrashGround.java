package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** What the killed server keeps its things in: it is not killed itself. */
record CrashGround(Map<String, String> environment, String jdbc, AutoCloseable servers)
    implements AutoCloseable {
  private static final String BUCKET = "archives-of-crashes";
  private static final String S3_USER = "registry";
  private static final String S3_SECRET = "the-secret-of-the-registry";

  static CrashGround of(String name, Path home) throws IOException {
    if (name.equals("sqlite+filesystem")) {
      return new CrashGround(
          Map.of(), "jdbc:sqlite:" + home.resolve("mdlibs.db") + "?busy_timeout=10000", () -> {});
    }
    if (name.equals("postgresql+s3")) {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder().setDataDirectory(home.resolve("postgresql")).start();
      Process s3 = startS3(home.resolve("s3"));
      int port = postgres.getPort();
      var environment =
          Map.of(
              "MDLIBS_DATABASE_URL",
              "postgresql://postgres@localhost:" + port + "/postgres",
              "MDLIBS_STORAGE",
              "s3://" + BUCKET,
              "MDLIBS_S3_ENDPOINT",
              "http://127.0.0.1:" + s3Port(home.resolve("s3")),
              "MDLIBS_S3_REGION",
              "eu-test-1",
              "MDLIBS_S3_ACCESS_KEY",
              S3_USER,
              "MDLIBS_S3_SECRET_KEY",
              S3_SECRET,
              "MDLIBS_S3_PATH_STYLE",
              "true");
      return new CrashGround(
          environment,
          postgres.getJdbcUrl("postgres", "postgres"),
          () -> {
            s3.destroyForcibly();
            postgres.close();
          });
    }
    throw new IllegalArgumentException("crash.on=" + name);
  }

  private static Process startS3(Path folder) throws IOException {
    // Its bucket is public unless nobody else may read the folder.
    Files.createDirectories(
        folder.resolve("data").resolve(BUCKET),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Files.writeString(folder.resolve("port"), Integer.toString(port));
    Files.write(
        folder.resolve("s3proxy.properties"),
        List.of(
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + S3_USER,
            "s3proxy.credential=" + S3_SECRET,
            "jclouds.provider=filesystem-nio2",
            "jclouds.filesystem.basedir=" + folder.resolve("data")));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-jar",
                System.getProperty("s3proxy.jar"),
                "--properties",
                folder.resolve("s3proxy.properties").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    while (!answers(port)) {
      assertThat(process.isAlive()).as(Files.readString(folder.resolve("s3proxy.log"))).isTrue();
      Thread.onSpinWait();
    }
    return process;
  }

  private static int s3Port(Path folder) throws IOException {
    return Integer.parseInt(Files.readString(folder.resolve("port")));
  }

  private static boolean answers(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
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
