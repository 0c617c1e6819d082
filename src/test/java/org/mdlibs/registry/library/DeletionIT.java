package org.mdlibs.registry.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

/** The row of a version goes first, and its archive when that is committed. */
@RegistryTest
class DeletionIT {
  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;
  private final String path;

  DeletionIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
    this.path = "/libraries/" + ann.username() + "/notes/1.0.0";
    ann.publish(archive("notes", "1.0.0")).is(201);
  }

  private int used() {
    return ann.get("/users/me").json().getJsonObject("storage").getInt("used_bytes");
  }

  @Test
  void leaves_a_tombstone_that_says_what_was_there() {
    String checksum = client.get(path).is(200).string("checksum");
    ann.delete(path).is(204);
    client.get(path).isProblem(410, "VERSION_DELETED");
    assertThat(
            server.text(
                "select 'sha256:' || checksum from library_versions where deleted_at is not null"
                    + " and library_id in (select id from libraries where scope = ?)",
                ann.username()))
        .isEqualTo(checksum);
  }

  @Test
  void keeps_the_archive_of_a_version_whose_deletion_is_rolled_back() {
    int used = used();
    int blobs = server.blobs().size();
    String event = "@" + ann.username() + "/notes@1.0.0";
    // The event is the last thing that the transaction writes: there is one, and may be no other.
    server.execute(
        "insert into audit_events (id, happened_at, action, outcome, target)"
            + " select id, created_at, 'version.deleted', 'failure', ? from users where username = ?",
        event,
        ann.username());
    server.execute(
        "create unique index no_deletion on audit_events (target)"
            + " where action = 'version.deleted' and target = '%s'".formatted(event));
    try {
      ann.delete(path).isProblem(500, "INTERNAL_ERROR");
    } finally {
      server.execute("drop index no_deletion");
    }
    assertThat(server.blobs()).hasSize(blobs);
    assertThat(used()).isEqualTo(used);
    client.get(path + "/download").is(200);
    ann.delete(path).is(204);
  }

  @Test
  void deletes_a_version_whose_archive_cannot_be_removed() throws IOException {
    int blobs = server.blobs().size();
    server.withoutStorage(() -> ann.delete(path).is(204));
    assertThat(server.blobs()).hasSize(blobs);
    client.get(path).isProblem(410, "VERSION_DELETED");
    client.get(path + "/download").isProblem(410, "VERSION_DELETED");
    assertThat(used()).isZero();
    ann.publish(archive("notes", "1.0.0")).isProblem(409, "VERSION_EXISTS");
  }
}
