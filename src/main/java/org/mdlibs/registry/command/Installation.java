package org.mdlibs.registry.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.config.Time;
import org.mdlibs.registry.datasource.DatabaseUrl;
import org.mdlibs.registry.datasource.RegistryDataSource;
import org.mdlibs.registry.storage.Blobs;

/** The database and the storage that the settings name; a registry may be serving from them. */
final class Installation implements AutoCloseable {
  private final RegistryConfig config;
  private final Blobs blobs;

  private Installation(RegistryConfig config, Blobs blobs) {
    this.config = config;
    this.blobs = blobs;
  }

  /**
   * Opens what is there. A file of SQLite is never made, so that a typing error in a setting does
   * not look like an empty registry.
   *
   * @throws IllegalStateException when a setting is wrong, or there is no database
   */
  static Installation existing() throws IOException {
    RegistryConfig config = checked();
    if (config.database().kind() == DatabaseUrl.Kind.SQLITE) {
      Path file = Path.of(config.database().jdbcUrl().substring("jdbc:sqlite:".length()));
      if (!Files.isRegularFile(file)) {
        throw new IllegalStateException(
            "there is no database " + file + ": check MDLIBS_HOME and MDLIBS_DATABASE_URL");
      }
    }
    return open(config);
  }

  /** Opens what is there, or makes it. */
  static Installation existingOrNew() throws IOException {
    return open(checked());
  }

  private static RegistryConfig checked() {
    RegistryConfig config = RegistryConfig.ofProcess();
    config.check();
    return config;
  }

  private static Installation open(RegistryConfig config) throws IOException {
    var blobs = new Blobs(config);
    blobs.open();
    return new Installation(config, blobs);
  }

  RegistryConfig config() {
    return config;
  }

  DatabaseUrl.Kind kind() {
    return config.database().kind();
  }

  Blobs blobs() {
    return blobs;
  }

  DataSource database() throws IOException {
    return RegistryDataSource.open(config.database());
  }

  /** Connections that read one snapshot each. */
  DataSource snapshots() throws IOException {
    return RegistryDataSource.openForSnapshots(config.database());
  }

  Clock clock() {
    return new Time().clock();
  }

  /** What a failure of the database means to an operator. */
  static IOException failure(SQLException e) {
    return new IOException("the database fails: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    blobs.close();
  }
}
