package org.mdlibs.registry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.config.Sha256;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class StorageIT {
  private static final String VERSIONS = "select count(*) from library_versions";

  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;

  StorageIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
  }

  @Test
  void stores_the_bytes_under_a_key_that_names_them() throws IOException {
    byte[] bytes = archive("notes", "1.0.0").file("a.md", "one").bytes();
    List<BlobKey> before = server.blobs();
    ann.publish(bytes).is(201);
    List<BlobKey> after = server.blobs();
    after.removeAll(before);
    BlobKey key = after.get(0);
    assertThat(after).hasSize(1);
    assertThat(key.value()).startsWith("user/").contains("/notes/1.0.0/");
    assertThat(key.sha256()).isEqualTo(Sha256.hex(new ByteArrayInputStream(bytes)));
    assertThat(server.storage().hash(key)).isEqualTo(key.sha256());
  }

  @Test
  void another_archive_of_a_version_never_changes_the_first() {
    byte[] bytes = archive("notes", "1.0.0").file("a.md", "one").bytes();
    ann.publish(bytes).is(201);
    ann.publish(archive("notes", "1.0.0").file("a.md", "two").bytes())
        .isProblem(409, "VERSION_EXISTS");
    ann.publish(bytes).isProblem(409, "VERSION_EXISTS");
    assertThat(client.download(ann.username(), "notes", "1.0.0").is(200).bytes()).isEqualTo(bytes);
  }

  @Test
  void without_its_storage_it_stores_nothing_and_comes_back_by_itself() throws IOException {
    byte[] bytes = archive("notes", "1.0.0").file("a.md", "one").bytes();
    ann.publish(bytes).is(201);
    int blobs = server.blobs().size();
    long versions = server.count(VERSIONS);
    byte[] next = archive("notes", "2.0.0").bytes();
    server.withoutStorage(
        () -> {
          ann.publish(next).isProblem(503, "STORAGE_UNAVAILABLE");
          client.download(ann.username(), "notes", "1.0.0").isProblem(503, "STORAGE_UNAVAILABLE");
          assertThat(client.health(503).json().getJsonObject("checks").getJsonObject("storage"))
              .hasToString("{\"status\":\"DOWN\",\"reason\":\"failed\"}");
          client.get("/libraries/" + ann.username() + "/notes").is(200);
          assertThat(server.count(VERSIONS)).isEqualTo(versions);
        });
    assertThat(server.blobs()).hasSize(blobs);
    assertThat(server.waitingUploads()).isEmpty();
    client.health(200);
    assertThat(client.download(ann.username(), "notes", "1.0.0").is(200).bytes()).isEqualTo(bytes);
    ann.publish(next).is(201);
    assertThat(server.blobs()).hasSize(blobs + 1);
  }

  @Test
  void an_archive_that_the_storage_lost_is_told_as_that() {
    ann.publish(archive("notes", "1.0.0").bytes()).is(201);
    server.blobs().stream()
        .filter(key -> key.value().contains(idOf(ann)))
        .forEach(server.storage()::remove);
    Answer answer = client.download(ann.username(), "notes", "1.0.0");
    answer.isProblem(503, "STORAGE_UNAVAILABLE");
    client.head("/libraries/" + ann.username() + "/notes/1.0.0/download").is(503);
  }

  private static String idOf(RegistryClient user) {
    return user.get("/users/me").is(200).string("id");
  }
}
