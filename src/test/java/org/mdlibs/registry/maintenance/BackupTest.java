package org.mdlibs.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.datasource.RegistryDataSource;
import org.mdlibs.registry.storage.BlobKey;

class BackupTest {
  @TempDir private Path folder;

  private final Heard heard = new Heard();
  private Installation source;
  private Installation target;
  private Path file;

  @BeforeEach
  void two_installations() throws Exception {
    source = Installation.used(folder.resolve("source"));
    target = new Installation(folder.resolve("target"));
    file = folder.resolve("registry.backup");
  }

  @AfterEach
  void closes() {
    source.close();
    target.close();
  }

  private Backup.Report backup() throws IOException, SQLException {
    return backup(heard);
  }

  private Backup.Report backup(Listener listener) throws IOException, SQLException {
    return new Backup(
            RegistryDataSource.openForSnapshots(source.url()),
            "sqlite",
            source.blobs(),
            source.clock())
        .write(file, listener);
  }

  private Restore.Report restore() throws IOException, SQLException {
    return new Restore(target.database(), target.url().kind(), target.blobs(), target.temporary())
        .read(file, heard);
  }

  @Test
  void brings_back_every_row_and_every_blob() throws Exception {
    BlobKey one = source.publish("one");
    BlobKey deleted = source.publish("deleted");
    source.execute(
        "update library_versions set deleted_at = created_at where storage_path = ?",
        deleted.value());
    source.execute(
        "insert into cookie_keys (name, secret, created_at) values ('k', ?, 1790000000123)",
        new byte[] {0, -1, 7});
    source.put("9.0.0", "an orphan");
    Backup.Report report = backup();
    assertThat(report.blobs()).isEqualTo(1);
    assertThat(restore().rows()).isEqualTo(report.rows());
    assertThat(target.everything()).isEqualTo(source.everything());
    assertThat(target.file(one)).hasContent("one");
    assertThat(target.file(deleted)).doesNotExist();
    assertThat(
            new Verification(target.database(), target.blobs(), target.clock()).run(heard).whole())
        .isTrue();
  }

  @Test
  void brings_back_the_search() throws Exception {
    source.publish("one");
    backup();
    restore();
    String found = "select rowid from library_search where library_search match 'name:notes'";
    assertThat(target.rows(found)).hasSize(1);
  }

  @Test
  void what_is_published_while_it_is_made_is_whole_or_absent() throws Exception {
    source.publish("before");
    backup(
        new Listener() {
          @Override
          public void found(Finding finding) {}

          @Override
          public void progress(Progress progress) throws IOException {
            try {
              // Twice: after the blobs are copied, and in the middle of the snapshot.
              source.publish("while " + progress.checked());
            } catch (SQLException e) {
              throw new IOException(e);
            }
          }
        });
    restore();
    var verification = new Verification(target.database(), target.blobs(), target.clock());
    var report = verification.run(heard);
    assertThat(report.whole()).isTrue();
    assertThat(report.checked()).isEqualTo(2);
  }

  @Test
  void what_is_deleted_while_it_is_made_is_deleted_in_it() throws Exception {
    BlobKey doomed = source.publish("doomed");
    source.publish("stays");
    var once = new boolean[1];
    backup(
        new Listener() {
          @Override
          public void found(Finding finding) {}

          @Override
          public void progress(Progress progress) throws IOException {
            if (!once[0]) {
              once[0] = true;
              try {
                source.execute(
                    "update library_versions set deleted_at = created_at where storage_path = ?",
                    doomed.value());
              } catch (SQLException e) {
                throw new IOException(e);
              }
              source.blobs().remove(doomed);
            }
          }
        });
    restore();
    assertThat(target.everything()).isEqualTo(source.everything());
  }

  @Test
  void refuses_to_be_made_of_a_storage_that_lost_something() throws Exception {
    BlobKey lost = source.publish("lost");
    Files.delete(source.file(lost));
    assertThatThrownBy(this::backup)
        .hasMessageContaining("@ann/notes@1.0.1")
        .hasMessageContaining("verify");
    nothing_is_left();
  }

  @Test
  void refuses_to_be_made_of_damaged_archives() throws Exception {
    BlobKey damaged = source.publish("hello");
    Files.writeString(source.file(damaged), "hullo");
    assertThatThrownBy(this::backup).hasMessageContaining("damaged");
    Files.writeString(source.file(damaged), "hello, world");
    assertThatThrownBy(this::backup).hasMessageContaining("damaged");
    nothing_is_left();
  }

  private void nothing_is_left() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("source", "target");
    }
  }

  @Test
  void overwrites_no_file_and_shows_its_own_to_nobody() throws Exception {
    backup();
    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    assertThatThrownBy(this::backup).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void shows_nothing_to_others_while_it_is_made() throws Exception {
    source.publish("one");
    backup(
        new Listener() {
          @Override
          public void found(Finding finding) {}

          @Override
          public void progress(Progress progress) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
              for (Path made : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.getPosixFilePermissions(made))
                    .as(made.toString())
                    .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
              }
            }
          }
        });
  }

  @Test
  void is_restored_into_an_empty_installation_alone() throws Exception {
    source.publish("one");
    backup();
    restore();
    var before = target.everything();
    assertThatThrownBy(this::restore).hasMessageContaining("not empty");
    assertThat(target.everything()).isEqualTo(before);
  }

  @Test
  void a_restore_that_broke_off_can_be_begun_again() throws Exception {
    source.publish("one");
    backup();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 1024; length += whole.length / 6) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(this::restore)
          .as("the first %d bytes", length)
          .isInstanceOfAny(IllegalArgumentException.class, IOException.class);
    }
    Files.write(file, whole);
    restore();
    assertThat(target.everything()).isEqualTo(source.everything());
  }

  @Test
  void a_changed_archive_is_refused() throws Exception {
    source.publish("the content of an archive");
    backup();
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    bytes[text.indexOf("the content of")] = 'T';
    Files.write(file, bytes);
    assertThatThrownBy(this::restore).hasMessageContaining("damaged");
    assertThat(target.rows("select 1 from namespaces")).isEmpty();
  }

  @Test
  void anything_else_is_no_backup() throws Exception {
    Files.writeString(file, "a".repeat(5000));
    assertThatThrownBy(this::restore).hasMessageContaining("no backup");
    Files.writeString(file, "");
    assertThatThrownBy(this::restore).hasMessageContaining("no backup");
  }
}
