package org.mdlibs.registry.maintenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.mdlibs.registry.config.Sha256;
import org.mdlibs.registry.config.StorageSettings;
import org.mdlibs.registry.datasource.DatabaseUrl;
import org.mdlibs.registry.datasource.RegistryDataSource;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.storage.BlobKey;
import org.mdlibs.registry.storage.Blobs;

/** A database and a storage without a server: SQLite and a folder. */
final class Installation implements AutoCloseable {
  static final UUID OWNER = new UUID(0, 1);

  private final Path folder;
  private final DatabaseUrl url;
  private final DataSource database;
  private final Blobs blobs;
  private int numbers;

  Installation(Path folder) throws IOException {
    this.folder = folder;
    url = DatabaseUrl.parse("", folder);
    database = RegistryDataSource.open(url);
    Files.createDirectories(folder.resolve("tmp"));
    blobs = new Blobs(new StorageSettings.Folder(folder.resolve("storage")));
    blobs.open();
  }

  /** With a schema, a user and a library {@code @ann/notes}. */
  static Installation used(Path folder) throws IOException, SQLException {
    var used = new Installation(folder);
    Migrations.run(used.database, used.url.kind());
    used.execute(
        "insert into namespaces (id, name, scope_type, created_at) values (?, 'ann', 'user', ?)",
        OWNER,
        now());
    used.execute(
        "insert into users (id, username, email, email_key, role, created_at, updated_at)"
            + " values (?, 'ann', 'ann@exämple.org', 'ann@exämple.org', 'USER', ?, ?)",
        OWNER,
        now(),
        now());
    used.execute(
        "insert into libraries (id, scope_type, scope_id, scope, name, visibility, description,"
            + " tags, created_by, created_at, updated_at)"
            + " values (?, 'user', ?, 'ann', 'notes', 'public', 'Füße und 文書', 'one two', ?, ?, ?)",
        OWNER,
        OWNER,
        OWNER,
        now(),
        now());
    return used;
  }

  private static Timestamp now() {
    return Timestamp.from(Instant.ofEpochMilli(1_790_000_000_123L));
  }

  Clock clock() {
    return Clock.systemUTC();
  }

  Blobs blobs() {
    return blobs;
  }

  DataSource database() {
    return database;
  }

  DatabaseUrl url() {
    return url;
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  /** Publishes a version of some text. */
  BlobKey publish(String text) throws IOException, SQLException {
    String version = "1.0." + ++numbers;
    BlobKey key = put(version, text);
    execute(
        "insert into library_versions (id, library_id, version, version_key, precedence, prerelease,"
            + " storage_path, size_bytes, checksum, created_by, created_at)"
            + " values (?, ?, ?, ?, ?, false, ?, ?, ?, ?, ?)",
        UUID.nameUUIDFromBytes(version.getBytes(StandardCharsets.UTF_8)),
        OWNER,
        version,
        version,
        version,
        key.value(),
        text.getBytes(StandardCharsets.UTF_8).length,
        key.sha256(),
        OWNER,
        now());
    return key;
  }

  /** Puts a blob that no version names. */
  BlobKey put(String version, String text) throws IOException {
    Path file = Files.writeString(temporary().resolve("upload"), text);
    BlobKey key =
        BlobKey.of(
            "user",
            OWNER,
            new LibraryName("notes"),
            Version.parse(version),
            HexFormat.of().formatHex(Sha256.of(text)));
    blobs.put(key, file);
    Files.delete(file);
    return key;
  }

  /** Lets a blob, or anything in the storage, be two days old. */
  static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
  }

  /** A file where archives wait until they are durable. */
  Path incoming() throws IOException {
    Path folder = this.folder.resolve("storage/archives/incoming");
    return Files.writeString(
        Files.createDirectories(folder).resolve(UUID.randomUUID() + ".tar.gz"), "half");
  }

  Path file(BlobKey key) {
    return blobs.file(key).orElseThrow();
  }

  void execute(String sql, Object... values) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] instanceof Timestamp timestamp) {
          statement.setTimestamp(i + 1, timestamp);
        } else {
          statement.setObject(i + 1, values[i]);
        }
      }
      statement.executeUpdate();
    }
  }

  /** The rows of a statement, their columns joined. */
  List<String> rows(String sql) throws SQLException {
    var rows = new ArrayList<String>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        var columns = new ArrayList<String>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          byte[] bytes = row.getBytes(i);
          columns.add(bytes == null ? "null" : HexFormat.of().formatHex(bytes));
        }
        rows.add(String.join(" ", columns));
      }
    }
    rows.sort(null);
    return rows;
  }

  /** Every row of every table of ours. */
  Map<String, List<String>> everything() throws SQLException {
    var everything = new TreeMap<String, List<String>>();
    List<Table> tables;
    try (Connection connection = database.getConnection()) {
      tables = Table.all(connection);
    }
    for (Table table : tables) {
      everything.put(table.name(), rows(table.select()));
    }
    return everything;
  }

  @Override
  public void close() {
    blobs.close();
  }
}
