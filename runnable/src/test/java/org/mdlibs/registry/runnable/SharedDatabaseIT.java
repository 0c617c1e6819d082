package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that start at once on an empty PostgreSQL, which then hangs, and is then away. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no process can be made to hang there")
final class SharedDatabaseIT {
  @TempDir private Path folder;
  private int port;
  private EmbeddedPostgres postgres;
  private KilledServer one;
  private KilledServer other;

  @BeforeEach
  void prepare() throws IOException {
    port = FreePort.find();
    postgres = postgres();
    one = node("one");
    other = node("other");
  }

  private EmbeddedPostgres postgres() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("postgresql"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  private KilledServer node(String name) throws IOException {
    return new KilledServer(
        Files.createDirectories(folder.resolve(name)),
        Map.of(
            "MDLIBS_STORAGE",
            "filesystem:" + folder.resolve("archives"),
            "MDLIBS_DATABASE_URL",
            "postgresql://postgres@localhost:" + port + "/postgres"));
  }

  @AfterEach
  void no_process_is_left() throws Exception {
    one.kill();
    other.kill();
    postgres.close();
  }

  private static void start(KilledServer node) {
    try {
      node.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** PostgreSQL as one process after the other, which all stop or go on. */
  private void signal(String signal) throws Exception {
    Path pidFile = folder.resolve("postgresql").resolve("postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    for (ProcessHandle process :
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList()) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }
  }

  @Test
  void start_at_once_and_live_through_a_database_that_hangs_and_is_away() throws Exception {
    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> start(one)),
            CompletableFuture.runAsync(() -> start(other)))
        .join();
    assertThat(count("select count(*) from users")).isEqualTo(1);
    assertThat(count("select count(*) from signing_keys")).isEqualTo(1);
    Calls here = new Calls(one).login();
    Calls there = new Calls(other).login();
    here.publishNotes();
    assertThat(there.get("/api/v1/libraries/admin/notes").statusCode()).isEqualTo(200);

    signal("STOP");
    try {
      for (Calls calls : new Calls[] {here, there}) {
        assertThat(calls.get("/health/ready").body())
            .contains("\"database\":{\"status\":\"DOWN\"", "no answer within");
        assertThat(calls.get("/health/live").statusCode()).isEqualTo(200);
      }
    } finally {
      signal("CONT");
    }
    here.await("/health/ready", 200);
    there.await("/health/ready", 200);

    postgres.close();
    here.await("/health/ready", 503);
    there.await("/health/ready", 503);
    assertThat(here.get("/api/v1/libraries/admin/notes").statusCode()).isEqualTo(503);
    assertThat(here.get("/health/live").statusCode()).isEqualTo(200);
    postgres = postgres();
    here.await("/health/ready", 200);
    there.await("/health/ready", 200);
    assertThat(there.get("/api/v1/libraries/admin/notes").statusCode()).isEqualTo(200);

    Calls sameThere = here.at(other);
    assertThat(sameThere.get("/api/v1/users/me").statusCode()).isEqualTo(200);
    var logout = here.send(here.request("/api/v1/auth/logout").POST(BodyPublishers.noBody()));
    assertThat(logout.statusCode()).as(logout.body()).isEqualTo(204);
    assertThat(sameThere.get("/api/v1/users/me").statusCode()).isEqualTo(401);
  }
}
