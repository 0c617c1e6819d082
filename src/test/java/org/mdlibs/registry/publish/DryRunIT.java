package org.mdlibs.registry.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

/** A dry run tells what publishing would do, with everything that stands against it. */
@RegistryTest
class DryRunIT {
  private final RegistryServer server;
  private final RegistryClient client;
  private final RegistryClient ann;

  DryRunIT(RegistryClient client, RegistryServer server) {
    this.server = server;
    this.client = client;
    this.ann = client.newUser();
  }

  @AfterEach
  void nothing_waits() {
    assertThat(server.waitingUploads()).isEmpty();
  }

  private long versions() {
    return server.count("select count(*) from library_versions");
  }

  private static List<String> faults(JsonObject answer) {
    return answer.getJsonArray("faults").getValuesAs(JsonObject.class).stream()
        .map(f -> f.getInt("status") + " " + f.getString("code") + " " + f.getString("field", "-"))
        .toList();
  }

  @Test
  void says_what_it_would_do_and_does_nothing() {
    long before = versions();
    int blobs = server.blobs().size();
    JsonObject would = ann.dryRun(archive("notes", "1.0.0").bytes()).is(200).json();
    assertThat(would.getBoolean("would_publish")).isTrue();
    assertThat(would.getBoolean("new_library")).isTrue();
    assertThat(would.getString("name")).isEqualTo("notes");
    assertThat(would.containsKey("root")).isFalse();
    assertThat(faults(would)).isEmpty();
    JsonObject wouldNot =
        ann.dryRun(archive("notes", "1.0.0").bytes(), "version", "2.0.0").is(200).json();
    assertThat(wouldNot.getBoolean("would_publish")).isFalse();
    assertThat(faults(wouldNot)).containsExactly("422 MANIFEST_DIFFERS version");
    assertThat(versions()).isEqualTo(before);
    assertThat(server.blobs()).hasSize(blobs);
  }

  @Test
  void tells_the_faults_of_form_archive_manifest_and_state_together() {
    ann.publish(archive("notes", "1.0.0")).is(201);
    byte[] bytes =
        ArchiveBuilder.empty()
            .manifest("[library]\nname = 'notes'\nlicense = 'none of these'\n")
            .symlink("link.md", "/etc/passwd")
            .file("../evil.md", "")
            .file("a?.md", "")
            .bytes();
    JsonObject answer =
        ann.dryRun(
                bytes,
                "name",
                "notes",
                "version",
                "1.0.0",
                "tags",
                "a b",
                "license",
                "nothing",
                "visibility",
                "private")
            .is(200)
            .json();
    assertThat(faults(answer))
        .containsExactly(
            "400 INVALID_INPUT license",
            "400 INVALID_INPUT tags",
            "422 ARCHIVE_SYMBOLIC_LINK link.md",
            "422 ARCHIVE_PATH_TRAVERSAL ../evil.md",
            "422 ARCHIVE_PATH_CHARACTER a?.md",
            "422 MANIFEST_INVALID library.license",
            "422 VISIBILITY_DIFFERS -",
            "409 VERSION_EXISTS -");
    assertThat(answer.getString("checksum")).startsWith("sha256:");
  }

  @Test
  void its_first_fault_is_what_publishing_answers() {
    String text =
        new Random(1)
            .ints(900_000, 33, 126)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    for (String version : List.of("1.0.0", "1.1.0", "1.2.0")) {
      ann.publish(archive("big", version).file("big.md", text)).is(201);
    }
    byte[] bytes = archive("big", "1.2.0").file("big.md", text).file("../evil.md", "").bytes();
    long before = versions();
    assertThat(faults(ann.dryRun(bytes).is(200).json()))
        .containsExactly(
            "403 QUOTA_EXCEEDED -",
            "422 ARCHIVE_PATH_TRAVERSAL ../evil.md",
            "409 VERSION_EXISTS -");
    ann.publish(bytes).isProblem(403, "QUOTA_EXCEEDED");
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void misses_nothing_in_what_it_could_not_read() {
    assertThat(faults(ann.dryRun(null).is(200).json())).containsExactly("422 ARCHIVE_MISSING -");
    assertThat(faults(ann.dryRun(new byte[] {'P', 'K'}).is(200).json()))
        .containsExactly("422 ARCHIVE_NOT_GZIP -");
    assertThat(faults(ann.dryRun(ArchiveBuilder.empty().file("a.txt", "").bytes()).json()))
        .containsExactly(
            "400 INVALID_INPUT name", "400 INVALID_INPUT version", "422 ARCHIVE_NO_MARKDOWN -");
  }

  @Test
  void tells_nothing_to_whoever_may_not_publish_there() {
    byte[] bytes = archive("notes", "1.0.0").file("../evil.md", "").bytes();
    client.newUser().dryRun(bytes, "scope", ann.username()).isProblem(403, "FORBIDDEN");
    ann.dryRun(bytes, "scope", "nobody-at-all").isProblem(404, "SCOPE_NOT_FOUND");
    client.dryRun(bytes).isProblem(401, "AUTHENTICATION_REQUIRED");
    ann.dryRun(new byte[1_000_001]).isProblem(413, "ARCHIVE_TOO_LARGE");
  }
}
