package org.mdlibs.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
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

    Map<String, Long> counts() throws IOException, SQLException {
      var counts = new TreeMap<String, Long>();
      try (Connection connection = database().getConnection()) {
        for (Table table : Table.all(connection)) {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("select count(*) from " + table.name())) {
            row.next();
            counts.put(table.name(), row.getLong(1));
          }
        }
      }
      return counts;
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
    assertThat(sqlite.counts().keySet()).isEqualTo(live.counts().keySet());
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
      assertThat(postgresql.counts()).isEqualTo(sqlite.counts());
    }
  }
}
