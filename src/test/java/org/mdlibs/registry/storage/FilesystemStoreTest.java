package org.mdlibs.registry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.config.StorageSettings;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

class FilesystemStoreTest extends StorageRules {
  @TempDir private static Path base;
  private static Blobs blobs;

  @BeforeAll
  static void open() throws IOException {
    blobs = new Blobs(new StorageSettings.Folder(base));
    blobs.open();
  }

  @AfterAll
  static void close() {
    blobs.close();
  }

  @Override
  Blobs blobs() {
    return blobs;
  }

  @Override
  void intrude(String key, byte[] bytes) throws IOException {
    Path file = base.resolve("archives").resolve(key);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Test
  void lets_files_be_read_where_they_lie_and_leads_nowhere_else() throws IOException {
    byte[] bytes = noise(10);
    BlobKey key = put(UUID.randomUUID(), "1.0.0", bytes);
    assertThat(blobs.file(key).orElseThrow()).hasBinaryContent(bytes);
    assertThat(blobs.redirect(key)).isEmpty();
  }

  @Test
  void never_leaves_its_folder() {
    for (String key : new String[] {"../out", "a/../../out", "/out", "."}) {
      assertThatThrownBy(() -> blobs.file(new BlobKey(key)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_closed_storage_is_unavailable() {
    var closed = new Blobs(new StorageSettings.Folder(base));
    assertThatThrownBy(closed::probe)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.type()).isEqualTo(ProblemType.STORAGE_UNAVAILABLE));
  }
}
