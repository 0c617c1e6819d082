package org.mdlibs.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.config.StorageSettings;
import org.mdlibs.registry.datasource.DatabaseUrl;
import org.mdlibs.registry.datasource.RegistryDataSource;
import org.mdlibs.registry.storage.Blobs;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

/** Of the registry that the suite uses, while it serves, into each database. */
@RegistryTest
class BackupIT {
  @TempDir private Path folder;

  private final RegistryServer server;
  private final RegistryClient ann;

  BackupIT(RegistryClient client, RegistryServer server) {
    this.server = server;
    this.ann = client.newUser();
  }

  /** An installation without a server. */
  private record Place(DatabaseUrl url, Blobs blobs) {
    DataSource database() throws IOException {
      return RegistryDataSource.open(url);
    }

    /** Every row of every table, as a backup has them, with times of whole milliseconds. */
    Map<String, List<String>> everything() throws IOException, SQLException {
      var everything = new TreeMap<String, List<String>>();
      try (Connection connection = database().getConnection()) {
        for (Table table : Table.all(connection)) {
          var columns = new ArrayList<>(table.columns());
          columns.sort(Comparator.comparing(Table.Column::name));
          everything.put(table.name(), rows(connection, new Table(table.name(), columns)));
        }
      }
      return everything;
    }

    private static List<String> rows(Connection connection, Table table) throws SQLException {
      var rows = new ArrayList<String>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(table.select())) {
        while (row.next()) {
          var text = new StringWriter();
          try (JsonGenerator json = Json.createGenerator(text)) {
            json.writeStartArray();
            for (int i = 1; i <= table.columns().size(); i++) {
              Cells.write(json, row, i, table.columns().get(i - 1).type());
            }
            json.writeEnd();
          }
          rows.add(text.toString().replaceAll("(T[0-9:]+\\.[0-9]{3})[0-9]*Z", "$1Z"));
        }
      }
      rows.sort(null);
      return rows;
    }
  }

  private Place place(String name, DatabaseUrl url) throws IOException {
    var blobs = new Blobs(new StorageSettings.Folder(folder.resolve(name)));
    blobs.open();
    return new Place(url, blobs);
  }

  private void move(Place from, Place to) throws IOException, SQLException {
    Path file = folder.resolve("to-" + to.url().kind() + ".backup");
    new Backup(
            RegistryDataSource.openForSnapshots(from.url()),
            from.url().kind().name(),
            from.blobs(),
            Clock.systemUTC())
        .write(file, new Heard());
    new Restore(to.database(), to.url().kind(), to.blobs(), folder).read(file, new Heard());
    var report = new Verification(to.database(), to.blobs(), Clock.systemUTC()).run(new Heard());
    assertThat(report.whole()).isTrue();
    assertThat(report.checked()).isPositive();
    assertThat(report.pending()).as("blobs that no version names").isZero();
  }

  private static long next(Place place) throws IOException, SQLException {
    return number(place, "select nextval(pg_get_serial_sequence('libraries', 'seq'))");
  }

  private static long highest(Place place) throws IOException, SQLException {
    return number(place, "select max(seq) from libraries");
  }

  private static long number(Place place, String sql) throws IOException, SQLException {
    try (Connection connection = place.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Other tests break the storage on purpose; what they lost cannot be backed up. */
  private void forgetWhatIsLost(Place live) throws IOException, SQLException {
    var heard =
        new Listener() {
          @Override
          public void found(Finding finding) {
            if (finding.version() != null) {
              server.execute(
                  "update library_versions set deleted_at = created_at where storage_path = ?",
                  finding.key());
            }
          }

          @Override
          public void progress(Progress progress) {}
        };
    new Verification(live.database(), live.blobs(), Clock.systemUTC()).run(heard);
  }

  @Test
  void goes_from_a_serving_registry_to_every_kind_of_database_and_on() throws Exception {
    ann.publish(archive("notes", "1.0.0").file("ä.md", "one").bytes()).is(201);
    var live = new Place(server.databaseUrl(), server.storage());
    forgetWhatIsLost(live);
    Place sqlite = place("sqlite", DatabaseUrl.parse("", folder.resolve("sqlite")));
    move(live, sqlite);
    assertThat(sqlite.everything().keySet()).isEqualTo(live.everything().keySet());
    // Downloads are still being counted under the serving registry, and tokens used.
    for (String table : List.of("users", "namespaces", "teams", "team_members")) {
      assertThat(sqlite.everything().get(table)).as(table).isEqualTo(live.everything().get(table));
    }
    if (live.url().kind() == DatabaseUrl.Kind.POSTGRESQL) {
      server.execute("create database restored");
      Place postgresql =
          place(
              "postgresql",
              new DatabaseUrl(
                  DatabaseUrl.Kind.POSTGRESQL,
                  live.url().jdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/restored$1"),
                  live.url().user(),
                  live.url().password()));
      move(sqlite, postgresql);
      assertThat(postgresql.everything()).isEqualTo(sqlite.everything());
      assertThat(next(postgresql))
          .as("the next number of a library")
          .isEqualTo(highest(sqlite) + 1);
    }
  }
}
