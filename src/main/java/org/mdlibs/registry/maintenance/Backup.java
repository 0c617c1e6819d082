package org.mdlibs.registry.maintenance;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.mdlibs.registry.config.Build;
import org.mdlibs.registry.config.Sha256;
import org.mdlibs.registry.json.JsonText;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.storage.BlobKey;
import org.mdlibs.registry.storage.Blobs;

/**
 * Writes database and blobs to one file, while the registry serves.
 *
 * <p>Why it is one consistent state: blobs never change, so they are copied first, without a
 * transaction. Then one transaction takes a snapshot of the database, and what was published
 * meanwhile is copied too. What was deleted meanwhile, so that a blob of the snapshot is gone,
 * makes the snapshot stale: another is taken, of which almost all is copied already.
 */
public final class Backup {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int FETCH_ROWS = 500;
  private static final int READ_ATTEMPTS = 3;
  private static final int SNAPSHOTS = 100;
  private static final int PRIVATE_MODE = 0600;

  private final DataSource database;
  private final Blobs blobs;
  private final Clock clock;
  private final String kind;
  private final Set<BlobKey> copied = new HashSet<>();
  private Path spool;
  private long bytes;

  /**
   * One backup.
   *
   * @param database gives connections whose transactions read one snapshot and lock nobody out
   * @param kind what the database is
   */
  public Backup(DataSource database, String kind, Blobs blobs, Clock clock) {
    this.database = database;
    this.kind = kind;
    this.blobs = blobs;
    this.clock = clock;
  }

  /**
   * The end of a backup.
   *
   * @param event always {@code report}
   * @param blobs how many
   * @param bytes of the blobs
   * @param rows of all tables
   */
  public record Report(String event, String file, long blobs, long bytes, long rows) {}

  /**
   * Writes a backup. Until it is whole and on the disk the file has another name beside this one.
   *
   * @param file readable by its owner alone: it holds all secrets of the database
   * @throws FileAlreadyExistsException when the file is there already
   * @throws IOException when the file, the storage or the listener fails; nothing is left then
   * @throws SQLException when the database fails; nothing is left then
   */
  public Report write(Path file, Listener listener) throws IOException, SQLException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path part = PrivateFiles.createBeside(file);
    spool = PrivateFiles.createBeside(file);
    try {
      long rows;
      try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.WRITE);
          var tar = new TarArchiveOutputStream(out, "UTF-8")) {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        rows = write(tar, listener);
        tar.finish();
      }
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      PrivateFiles.moveToNew(part, file);
      return new Report("report", file.toString(), copied.size(), bytes, rows);
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(spool);
    }
  }

  private long write(TarArchiveOutputStream tar, Listener listener)
      throws IOException, SQLException {
    try (Connection connection = database.getConnection()) {
      add(tar, BackupFile.HEAD, JsonText.of(head(connection)));
    }
    copy(tar, database, listener);
    for (int attempt = 1; attempt <= SNAPSHOTS; attempt++) {
      try (Connection connection = database.getConnection()) {
        connection.setAutoCommit(false);
        if (copyNamed(tar, connection, listener)) {
          Map<String, Long> rows = new LinkedHashMap<>();
          for (Table table : Table.all(connection)) {
            rows.put(table.name(), dump(connection, table));
            add(tar, BackupFile.TABLES + table.name() + BackupFile.TABLE_END, spool);
          }
          add(tar, BackupFile.END, JsonText.of(new BackupFile.End(rows, copied.size(), bytes)));
          return rows.values().stream().mapToLong(Long::longValue).sum();
        }
      }
    }
    throw new IOException("archives are deleted faster than they can be copied");
  }

  private BackupFile.Head head(Connection connection) throws SQLException {
    return new BackupFile.Head(
        BackupFile.FORMAT,
        Build.VERSION,
        Migrations.version(connection),
        kind,
        clock.instant().toString());
  }

  /** Copies what is there now, page by page; what is gone by then is left out. */
  private void copy(TarArchiveOutputStream tar, DataSource source, Listener listener)
      throws IOException, SQLException {
    new StoredVersions(source)
        .each(
            page -> {
              for (StoredVersion version : page) {
                copy(tar, version);
              }
              listener.progress(Listener.Progress.of("blobs", copied.size(), bytes));
              return true;
            });
  }

  /** Copies what a snapshot names beyond what is copied; false when some of it is gone. */
  private boolean copyNamed(TarArchiveOutputStream tar, Connection snapshot, Listener listener)
      throws IOException, SQLException {
    boolean whole =
        StoredVersions.each(
            snapshot,
            page -> {
              for (StoredVersion version : page) {
                if (!copy(tar, version)) {
                  requireDeleted(version, listener);
                  return false;
                }
              }
              return true;
            });
    listener.progress(Listener.Progress.of("blobs", copied.size(), bytes));
    return whole;
  }

  /**
   * A blob that the snapshot names is gone: because its version was deleted since, or because the
   * storage lost it. No number of snapshots helps against the second.
   */
  private void requireDeleted(StoredVersion version, Listener listener)
      throws IOException, SQLException {
    if (new StoredVersions(database).isThere(version)) {
      listener.found(
          Finding.of(Finding.Kind.MISSING, version, null, "is not in the storage: run verify"));
      throw new IOException(
          "the archive of %s is missing from the storage: run verify, and delete that version or"
                  .formatted(version.reference())
              + " bring its archive back");
    }
  }

  private boolean copy(TarArchiveOutputStream tar, StoredVersion version) throws IOException {
    if (copied.contains(version.blob())) {
      return true;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        if (!spool(version)) {
          return false;
        }
        break;
      } catch (IOException | ProblemException e) {
        // The storage may be away for a moment, and a backup of hours is not begun again for that.
        if (attempt == READ_ATTEMPTS) {
          throw e;
        }
      }
    }
    add(tar, BackupFile.BLOBS + version.blob(), spool);
    copied.add(version.blob());
    bytes += version.sizeBytes();
    return true;
  }

  /** Brings a blob here, and compares it with its row; false when it is gone. */
  private boolean spool(StoredVersion version) throws IOException {
    MessageDigest digest = Sha256.digest();
    long size;
    // Not by Files.copy, which would make a new file that everybody can read.
    try (var in = new DigestInputStream(blobs.read(version.blob()), digest);
        OutputStream out = Files.newOutputStream(spool)) {
      size = in.transferTo(out);
    } catch (NoSuchFileException e) {
      return false;
    }
    if (size != version.sizeBytes()
        || !HexFormat.of().formatHex(digest.digest()).equals(version.sha256())) {
      throw new IOException(
          "the archive of " + version.reference() + " is damaged in the storage: run verify");
    }
    return true;
  }

  private long dump(Connection connection, Table table) throws IOException, SQLException {
    long rows = 0;
    try (BufferedWriter out = Files.newBufferedWriter(spool);
        Statement statement = connection.createStatement()) {
      // PostgreSQL's driver reads everything into memory otherwise.
      statement.setFetchSize(FETCH_ROWS);
      line(out, json -> table.columns().forEach(column -> json.write(column.name())));
      try (ResultSet row = statement.executeQuery(table.select())) {
        while (row.next()) {
          line(out, json -> values(json, row, table));
          rows++;
        }
      }
    }
    return rows;
  }

  /** Writes the elements of an array. */
  private interface Elements {
    void write(JsonGenerator json) throws SQLException;
  }

  private static void line(Writer out, Elements elements) throws IOException, SQLException {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      elements.write(json);
      json.writeEnd();
    }
    out.append(text.getBuffer()).append('\n');
  }

  private static void values(JsonGenerator json, ResultSet row, Table table) throws SQLException {
    int index = 0;
    for (Table.Column column : table.columns()) {
      Cells.write(json, row, ++index, column.type());
    }
  }

  private static void begin(TarArchiveOutputStream tar, String name, long size) throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(PRIVATE_MODE);
    tar.putArchiveEntry(entry);
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    begin(tar, name, content.length);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static void add(TarArchiveOutputStream tar, String name, Path content)
      throws IOException {
    begin(tar, name, Files.size(content));
    Files.copy(content, tar);
    tar.closeArchiveEntry();
  }
}
