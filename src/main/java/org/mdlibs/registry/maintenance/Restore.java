package org.mdlibs.registry.maintenance;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.mdlibs.registry.config.Sha256;
import org.mdlibs.registry.datasource.DatabaseUrl;
import org.mdlibs.registry.library.SearchIndex;
import org.mdlibs.registry.storage.BlobKey;
import org.mdlibs.registry.storage.Blobs;

/**
 * Brings a backup back into an installation whose database is empty, of whichever kind. Blobs are
 * put as they come and compared with the checksum in their key; the rows go in with one
 * transaction, which is committed only when the backup proves to be whole. What breaks off can be
 * begun again.
 */
public final class Restore {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int BLOBS_A_LINE = 500;
  private static final int BATCH = 500;
  private static final int MAX_SMALL_BYTES = 1 << 20;

  private final DataSource database;
  private final DatabaseUrl.Kind kind;
  private final Blobs blobs;
  private final Path temporary;
  private final Set<BlobKey> stored = new HashSet<>();
  private final Map<String, Long> rows = new HashMap<>();
  private long bytes;

  /**
   * One restore.
   *
   * @param temporary an existing folder, with room for the largest archive
   */
  public Restore(DataSource database, DatabaseUrl.Kind kind, Blobs blobs, Path temporary) {
    this.database = database;
    this.kind = kind;
    this.blobs = blobs;
    this.temporary = temporary;
  }

  /**
   * The end of a restore.
   *
   * @param event always {@code report}
   * @param blobs how many
   * @param bytes of the blobs
   * @param rows of all tables
   */
  public record Report(String event, long blobs, long bytes, long rows) {}

  /**
   * Restores.
   *
   * @throws IllegalArgumentException when the file is no whole backup, or the installation is not
   *     empty: with a sentence that says so; the database is as empty as before
   * @throws IOException when the file, the storage or the listener fails
   * @throws SQLException when the database fails
   */
  public Report read(Path file, Listener listener) throws IOException, SQLException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        var tar = new TarArchiveInputStream(in, "UTF-8")) {
      JsonObject head = head(tar);
      requireEmpty();
      Migrations.run(database, kind, head.getString("schema"));
      try (Connection connection = database.getConnection()) {
        connection.setAutoCommit(false);
        boolean whole = false;
        try {
          content(tar, connection, listener);
          index(connection);
          connection.commit();
          whole = true;
        } finally {
          if (!whole) {
            connection.rollback();
          }
        }
      }
    }
    Migrations.run(database, kind);
    return new Report(
        "report", stored.size(), bytes, rows.values().stream().mapToLong(Long::longValue).sum());
  }

  private static JsonObject head(TarArchiveInputStream tar) throws IOException {
    TarArchiveEntry first;
    try {
      first = tar.getNextEntry();
    } catch (IOException e) {
      throw new IllegalArgumentException("the file is no backup", e);
    }
    if (first == null || !first.getName().equals(BackupFile.HEAD)) {
      throw new IllegalArgumentException("the file is no backup");
    }
    JsonObject head = object(tar);
    int format = head.getInt("format", 0);
    if (format != BackupFile.FORMAT || !head.containsKey("schema")) {
      throw new IllegalArgumentException("the backup has the format " + format + ", not 1");
    }
    return head;
  }

  private static JsonObject object(TarArchiveInputStream tar) throws IOException {
    try (JsonReader reader =
        JSON.createReader(new ByteArrayInputStream(tar.readNBytes(MAX_SMALL_BYTES)))) {
      return reader.readObject();
    } catch (JsonException e) {
      throw new IllegalArgumentException("the backup is damaged: " + e.getMessage(), e);
    }
  }

  private void requireEmpty() throws SQLException {
    try (Connection connection = database.getConnection()) {
      boolean used =
          Table.all(connection).stream().anyMatch(table -> table.name().equals("namespaces"));
      if (!used) {
        return;
      }
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select count(*) from namespaces")) {
        row.next();
        if (row.getLong(1) > 0) {
          throw new IllegalArgumentException(
              "the database is not empty; users and teams in it: " + row.getLong(1));
        }
      }
    }
  }

  private void content(TarArchiveInputStream tar, Connection connection, Listener listener)
      throws IOException, SQLException {
    Map<String, Table> tables =
        Table.all(connection).stream().collect(Collectors.toMap(Table::name, Function.identity()));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName();
      if (name.startsWith(BackupFile.BLOBS)) {
        put(new BlobKey(name.substring(BackupFile.BLOBS.length())), tar);
        if (stored.size() % BLOBS_A_LINE == 0) {
          listener.progress(Listener.Progress.of("blobs", stored.size(), bytes));
        }
      } else if (name.startsWith(BackupFile.TABLES)) {
        String table =
            name.substring(
                BackupFile.TABLES.length(), name.length() - BackupFile.TABLE_END.length());
        if (!tables.containsKey(table)) {
          throw new IllegalArgumentException("the backup has a table that is unknown: " + table);
        }
        fill(connection, tables.get(table), tar);
      } else if (name.equals(BackupFile.END)) {
        requireWhole(object(tar), connection);
        listener.progress(Listener.Progress.of("blobs", stored.size(), bytes));
        return;
      } else {
        throw new IllegalArgumentException("the backup has an entry that is unknown: " + name);
      }
    }
    throw new IllegalArgumentException("the backup is not whole: its end is missing");
  }

  private void put(BlobKey key, TarArchiveInputStream tar) throws IOException {
    Path file = Files.createTempFile(temporary, "restore-", "");
    try {
      MessageDigest digest = Sha256.digest();
      bytes +=
          Files.copy(new DigestInputStream(tar, digest), file, StandardCopyOption.REPLACE_EXISTING);
      if (!HexFormat.of().formatHex(digest.digest()).equals(key.sha256())) {
        throw new IllegalArgumentException("the backup is damaged: the content of " + key);
      }
      blobs.put(key, file);
      stored.add(key);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void fill(Connection connection, Table table, TarArchiveInputStream tar)
      throws IOException, SQLException {
    var lines = new BufferedReader(new InputStreamReader(tar, StandardCharsets.UTF_8));
    List<String> names =
        array(lines.readLine()).getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList();
    Table ordered = table.inOrderOf(names);
    empty(connection, table);
    long count = 0;
    boolean postgresql = kind == DatabaseUrl.Kind.POSTGRESQL;
    try (PreparedStatement statement = connection.prepareStatement(ordered.insert(postgresql))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        bind(statement, ordered, array(line));
        statement.addBatch();
        if (++count % BATCH == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
    rows.put(table.name(), count);
    continueNumbers(connection, table);
  }

  /** A migration may have written rows, such as the names of locks; the backup has them too. */
  private static void empty(Connection connection, Table table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table.name())) {
      row.next();
      if (row.getLong(1) > 0) {
        statement.executeUpdate("delete from " + table.name());
      }
    }
  }

  private static void bind(PreparedStatement statement, Table table, JsonArray values)
      throws SQLException {
    if (values.size() != table.columns().size()) {
      throw new IllegalArgumentException("the backup is damaged: a row of " + table.name());
    }
    for (int i = 0; i < values.size(); i++) {
      Cells.bind(statement, i + 1, table.columns().get(i).type(), values.get(i));
    }
  }

  /** PostgreSQL gives the next number of its own accord, and has to hear of these. */
  private void continueNumbers(Connection connection, Table table) throws SQLException {
    if (kind != DatabaseUrl.Kind.POSTGRESQL || !table.name().equals("libraries")) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "select setval(pg_get_serial_sequence('libraries', 'seq'),"
              + " (select coalesce(max(seq), 0) + 1 from libraries), false)");
    }
  }

  private static JsonArray array(String line) {
    if (line == null) {
      throw new IllegalArgumentException("the backup is damaged: a table without columns");
    }
    try (JsonReader reader = JSON.createReader(new StringReader(line))) {
      return reader.readArray();
    } catch (JsonException e) {
      throw new IllegalArgumentException("the backup is damaged: " + e.getMessage(), e);
    }
  }

  private void requireWhole(JsonObject end, Connection connection)
      throws IOException, SQLException {
    JsonObject expected = end.getJsonObject("rows");
    for (Table table : Table.all(connection)) {
      long got = rows.getOrDefault(table.name(), 0L);
      if (!expected.containsKey(table.name())
          || expected.getJsonNumber(table.name()).longValue() != got) {
        throw new IllegalArgumentException("the backup is not whole: the table " + table.name());
      }
    }
    StoredVersions.each(
        connection,
        page -> {
          for (StoredVersion version : page) {
            if (!stored.contains(version.blob())) {
              throw new IllegalArgumentException(
                  "the backup is not whole: the archive of " + version.reference());
            }
          }
          return true;
        });
  }

  /** Backups have no search index, since each database keeps one of its own kind. */
  private void index(Connection connection) throws SQLException {
    String shown =
        "select seq, scope, name, description, tags from libraries l where exists (select 1"
            + " from library_versions v where v.library_id = l.id and v.deleted_at is null)";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(shown)) {
      while (row.next()) {
        SearchIndex.Entry entry =
            SearchIndex.Entry.of(
                kind,
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5));
        try (PreparedStatement insert = connection.prepareStatement(entry.sql())) {
          for (int i = 0; i < entry.values().size(); i++) {
            insert.setObject(i + 1, entry.values().get(i));
          }
          insert.executeUpdate();
        }
      }
    }
  }
}
