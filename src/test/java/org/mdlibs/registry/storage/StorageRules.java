package org.mdlibs.registry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.config.Sha256;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Version;

/** What every way to keep blobs must do. */
abstract class StorageRules {
  private static final LibraryName NOTES = LibraryName.parse("notes");

  @TempDir Path temporary;

  /** The storage, open; one for all tests of the class. */
  abstract Blobs blobs();

  /** Puts something into the storage beside the registry. */
  abstract void intrude(String key, byte[] bytes) throws IOException;

  static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  static String sha256(byte[] bytes) {
    try {
      return Sha256.hex(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static BlobKey key(UUID scope, String version, byte[] bytes) {
    return BlobKey.of("user", scope, NOTES, Version.parse(version), sha256(bytes));
  }

  Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(temporary, "upload", ""), bytes);
  }

  BlobKey put(UUID scope, String version, byte[] bytes) throws IOException {
    BlobKey key = key(scope, version, bytes);
    blobs().put(key, file(bytes));
    return key;
  }

  private byte[] read(BlobKey key) throws IOException {
    try (var stream = blobs().read(key)) {
      return stream.readAllBytes();
    }
  }

  private List<BlobKey> keysOf(UUID scope) {
    var keys = new ArrayList<BlobKey>();
    blobs()
        .list(
            blob -> {
              if (blob.key().value().contains(scope.toString())) {
                keys.add(blob.key());
              }
            });
    return keys;
  }

  private List<StoredBlob> leftovers() {
    var found = new ArrayList<StoredBlob>();
    blobs().leftovers(found::add);
    return found;
  }

  @Test
  void gives_back_the_very_bytes_and_any_part_of_them() throws IOException {
    byte[] bytes = noise(300_000);
    BlobKey key = put(UUID.randomUUID(), "1.0.0", bytes);
    assertThat(read(key)).isEqualTo(bytes);
    assertThat(blobs().size(key)).hasValue(bytes.length);
    assertThat(blobs().hash(key)).isEqualTo(key.sha256());
    for (int[] part : new int[][] {{0, 1}, {10, 200_000}, {299_990, 10}, {0, 300_000}}) {
      try (var stream = blobs().read(key, part[0], part[1])) {
        assertThat(stream.readAllBytes())
            .isEqualTo(Arrays.copyOfRange(bytes, part[0], part[0] + part[1]));
      }
    }
  }

  @Test
  void a_blob_that_is_not_there_is_told_as_that() {
    BlobKey key = key(UUID.randomUUID(), "1.0.0", noise(10));
    assertThatThrownBy(() -> blobs().read(key)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> blobs().read(key, 0, 5)).isInstanceOf(NoSuchFileException.class);
    assertThat(blobs().size(key)).isEmpty();
    blobs().remove(key);
  }

  @Test
  void refuses_bytes_that_are_not_those_of_the_key_and_keeps_what_is_there() throws IOException {
    byte[] bytes = noise(1_000);
    UUID scope = UUID.randomUUID();
    BlobKey key = put(scope, "1.0.0", bytes);
    Path other = file(noise(1_001));
    assertThatIllegalArgumentException().isThrownBy(() -> blobs().put(key, other));
    assertThat(read(key)).isEqualTo(bytes);
    BlobKey fresh = key(scope, "2.0.0", noise(5));
    assertThatIllegalArgumentException().isThrownBy(() -> blobs().put(fresh, other));
    assertThat(keysOf(scope)).containsExactly(key);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void a_retried_put_mends_what_a_power_cut_left_under_the_key() throws IOException {
    byte[] bytes = noise(5_000);
    BlobKey key = key(UUID.randomUUID(), "1.0.0", bytes);
    intrude(key.value(), new byte[17]);
    assertThat(blobs().hash(key)).isNotEqualTo(key.sha256());
    blobs().put(key, file(bytes));
    assertThat(read(key)).isEqualTo(bytes);
  }

  @Test
  void removes() throws IOException {
    UUID scope = UUID.randomUUID();
    BlobKey key = put(scope, "1.0.0", noise(10));
    blobs().remove(key);
    blobs().remove(key);
    assertThat(keysOf(scope)).isEmpty();
    assertThat(blobs().size(key)).isEmpty();
  }

  @Test
  void lists_blobs_in_the_order_of_their_keys_with_size_and_time() throws IOException {
    UUID scope = UUID.randomUUID();
    var keys = new ArrayList<BlobKey>();
    for (String version : List.of("1.0.0", "1.0.0-rc.1", "10.0.0", "2.0.0")) {
      keys.add(put(scope, version, noise(100)));
    }
    keys.sort((a, b) -> a.value().compareTo(b.value()));
    assertThat(keysOf(scope)).isEqualTo(keys);
    blobs()
        .list(
            blob -> {
              if (keys.contains(blob.key())) {
                assertThat(blob.size()).isEqualTo(100);
                assertThat(blob.modified()).isAfter(Instant.EPOCH);
              }
            });
  }

  @Test
  void what_a_put_left_can_be_removed_and_what_strangers_keep_cannot() throws IOException {
    UUID scope = UUID.randomUUID();
    BlobKey key = put(scope, "1.0.0", noise(10));
    String incoming = "incoming/" + UUID.randomUUID() + ".tar.gz";
    String half = key.value() + "-" + UUID.randomUUID();
    intrude(incoming, noise(20));
    intrude(half, noise(30));
    intrude("user/notes.txt", noise(40));
    intrude("incoming/report.csv", noise(50));
    assertThat(keysOf(scope)).containsExactly(key);
    assertThat(leftovers())
        .extracting(left -> left.key().value() + " " + left.size())
        .containsExactly(incoming + " 20", half + " 30");
    leftovers().forEach(blobs()::removeLeftover);
    assertThat(leftovers()).isEmpty();
    var strangers = new StoredBlob(new BlobKey("user/notes.txt"), 40, Instant.EPOCH);
    assertThatIllegalArgumentException().isThrownBy(() -> blobs().removeLeftover(strangers));
    assertThat(blobs().size(strangers.key())).hasValue(40);
    assertThat(keysOf(scope)).containsExactly(key);
  }

  @Test
  void does_not_take_a_blob_for_a_leftover() throws IOException {
    BlobKey key = put(UUID.randomUUID(), "1.0.0", noise(10));
    var blob = new StoredBlob(key, 10, Instant.EPOCH);
    assertThatIllegalArgumentException().isThrownBy(() -> blobs().removeLeftover(blob));
    assertThat(blobs().size(key)).hasValue(10);
  }

  @Test
  void a_probe_leaves_nothing() {
    blobs().probe();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void puts_and_removals_in_one_folder_do_not_hurt_each_other() throws Exception {
    UUID scope = UUID.randomUUID();
    byte[] bytes = noise(100);
    Path file = file(bytes);
    var threads = Executors.newFixedThreadPool(4);
    try {
      var next = new AtomicInteger();
      Callable<Void> comeAndGo =
          () -> {
            for (int i = 0; i < 25; i++) {
              BlobKey key = key(scope, "1.0." + next.getAndIncrement(), bytes);
              blobs().put(key, file);
              blobs().remove(key);
            }
            return null;
          };
      for (Future<Void> end :
          threads.invokeAll(List.of(comeAndGo, comeAndGo, comeAndGo, comeAndGo))) {
        end.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(keysOf(scope)).isEmpty();
    assertThat(leftovers()).isEmpty();
  }
}
