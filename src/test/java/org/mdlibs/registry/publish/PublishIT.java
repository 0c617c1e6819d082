package org.mdlibs.registry.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
@Tag("server")
class PublishIT {
  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;

  PublishIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
  }

  private static byte[] bare() {
    return ArchiveBuilder.empty().file("docs/README.md", "# Bare").bytes();
  }

  private long versions() {
    return server.count("select count(*) from library_versions");
  }

  @Test
  void takes_everything_from_the_form() {
    Answer answer =
        ann.publish(
                bare(),
                "name",
                "notes",
                "version",
                "1.0.0-rc.1+build.5",
                "description",
                " Notes of mine 中文 ",
                "tags",
                "One, two",
                "tags",
                "two",
                "license",
                "mit",
                "visibility",
                "public")
            .is(201);
    String path = "/api/v1/libraries/" + ann.username() + "/notes/1.0.0-rc.1";
    assertThat(answer.header("Location").orElseThrow()).endsWith(path);
    JsonObject json = answer.json();
    assertThat(json.getString("scope")).isEqualTo(ann.username());
    assertThat(json.getString("name")).isEqualTo("notes");
    assertThat(json.getString("version")).isEqualTo("1.0.0-rc.1+build.5");
    assertThat(json.getString("description")).isEqualTo("Notes of mine 中文");
    assertThat(json.getJsonArray("tags").toString()).isEqualTo("[\"one\",\"two\"]");
    assertThat(json.getString("license")).isEqualTo("MIT");
    assertThat(json.getString("visibility")).isEqualTo("public");
    assertThat(json.getInt("size")).isPositive();
    assertThat(json.getString("checksum")).matches("sha256:[0-9a-f]{64}");
    assertThat(json.getString("created_by")).isEqualTo(ann.username());
    assertThat(json.getString("download_url")).isEqualTo(path + "/download");
  }

  @Test
  void takes_everything_from_the_manifest() {
    String manifest =
        """
        [library]
        name = "notes"
        version = "2.0.0"
        description = "From the manifest"
        license = "Apache-2.0"
        tags = ["a", "b"]
        """;
    JsonObject json =
        ann.publish(ArchiveBuilder.empty().manifest(manifest).file("a.md", "# A")).is(201).json();
    assertThat(json.getString("version")).isEqualTo("2.0.0");
    assertThat(json.getString("description")).isEqualTo("From the manifest");
    assertThat(json.getString("license")).isEqualTo("Apache-2.0");
  }

  @Test
  void takes_a_manifest_that_agrees_with_the_form() {
    ann.publish(archive("notes", "1.0.0").bytes(), "name", "notes", "version", "1.0.0").is(201);
  }

  @Test
  void takes_a_name_from_one_and_a_version_from_the_other() {
    byte[] named =
        ArchiveBuilder.empty().manifest("[library]\nname = \"notes\"\n").file("a.md", "#").bytes();
    ann.publish(named, "version", "3.0.0").is(201);
    ann.publish(named).isProblem(400, "INVALID_INPUT").hasFaults("version");
  }

  @Test
  void never_publishes_a_version_twice() {
    ann.publish(archive("notes", "1.0.0")).is(201);
    long before = versions();
    ann.publish(archive("notes", "1.0.0").file("other.md", "other"))
        .isProblem(409, "VERSION_EXISTS");
    ann.publish(archive("notes", "1.0.0+other")).isProblem(409, "VERSION_EXISTS");
    assertThat(versions()).isEqualTo(before);
    assertThat(server.waitingUploads()).isEmpty();
  }

  @Test
  void never_gives_a_deleted_version_out_again() {
    ann.publish(archive("notes", "1.0.0")).is(201);
    server.execute(
        "update library_versions set deleted_at = created_at where library_id ="
            + " (select id from libraries where scope = ? and name = 'notes')",
        ann.username());
    ann.publish(archive("notes", "1.0.0")).isProblem(409, "VERSION_EXISTS");
  }

  @Test
  void lets_one_of_several_rivals_win() {
    List<Answer> answers =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> ann.publish(archive("raced", "1.0.0").file("n.md", "rival " + i)))
            .toList();
    assertThat(answers.stream().map(Answer::status).sorted().toList())
        .isEqualTo(List.of(201, 409, 409, 409, 409, 409, 409, 409));
    String winner =
        answers.stream()
            .filter(a -> a.status() == 201)
            .findFirst()
            .orElseThrow()
            .string("checksum");
    Answer stored = client.download(ann.username(), "raced", "1.0.0").is(200);
    assertThat(stored.header("ETag")).contains('"' + winner.substring("sha256:".length()) + '"');
  }

  @Test
  void takes_rivals_that_publish_different_versions_of_a_new_library() {
    List<Answer> answers =
        IntStream.range(0, 6)
            .parallel()
            .mapToObj(i -> ann.publish(archive("grown", "1." + i + ".0")))
            .toList();
    assertThat(answers).allSatisfy(answer -> answer.is(201));
    JsonObject library = client.get("/libraries/" + ann.username() + "/grown").json();
    assertThat(library.getString("latest_version")).isEqualTo("1.5.0");
    assertThat(library.getInt("versions_count")).isEqualTo(6);
  }

  @RepeatedTest(5)
  void takes_one_visibility_of_rivals_that_want_different_ones() {
    List<Answer> answers =
        IntStream.range(0, 6)
            .parallel()
            .mapToObj(
                i ->
                    ann.publish(
                        archive("seen", "1." + i + ".0").bytes(),
                        "visibility",
                        i % 2 == 0 ? "public" : "private"))
            .toList();
    String visibility =
        ann.get("/libraries/" + ann.username() + "/seen").is(200).string("visibility");
    for (int i = 0; i < answers.size(); i++) {
      if (visibility.equals(i % 2 == 0 ? "public" : "private")) {
        answers.get(i).is(201);
      } else {
        answers.get(i).isProblem(422, "VISIBILITY_DIFFERS");
      }
    }
  }

  @Test
  void takes_a_folder_around_everything_for_the_root() {
    byte[] wrapped =
        ArchiveBuilder.empty()
            .folder("my-notes/")
            .file("my-notes/docs/README.md", "# Notes")
            .file("my-notes/.mdlibs.toml", ArchiveBuilder.manifestOf("notes", "1.0.0"))
            .bytes();
    assertThat(ann.dryRun(wrapped).is(200).json().getString("root")).isEqualTo("my-notes");
    assertThat(ann.publish(wrapped).is(201).string("name")).isEqualTo("notes");
    client.download(ann.username(), "notes", "1.0.0").is(200);
  }

  @Test
  void keeps_a_scope_to_its_owner() {
    RegistryClient bob = client.newUser();
    bob.publish(bare(), "name", "notes", "version", "1.0.0", "scope", ann.username())
        .isProblem(403, "FORBIDDEN");
    bob.publish(bare(), "name", "notes", "version", "1.0.0", "scope", "nobody-at-all")
        .isProblem(404, "SCOPE_NOT_FOUND");
    ann.publish(bare(), "name", "notes", "version", "1.0.0", "scope", ann.username()).is(201);
    client
        .publish(bare(), "name", "notes", "version", "1.0.0")
        .isProblem(401, "AUTHENTICATION_REQUIRED");
  }

  @Test
  void never_changes_the_visibility_by_publishing() {
    ann.publish(archive("hidden", "1.0.0").bytes(), "visibility", "private").is(201);
    ann.publish(archive("hidden", "1.1.0").bytes(), "visibility", "public")
        .isProblem(422, "VISIBILITY_DIFFERS");
    assertThat(ann.publish(archive("hidden", "1.1.0")).is(201).string("visibility"))
        .isEqualTo("private");
  }

  @Test
  void keeps_within_the_quota() {
    String text =
        new java.util.Random(1)
            .ints(900_000, 33, 126)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    ann.publish(archive("big", "1.0.0").file("big.md", text)).is(201);
    ann.publish(archive("big", "1.1.0").file("big.md", text)).is(201);
    ann.publish(archive("big", "1.2.0").file("big.md", text)).is(201);
    long before = versions();
    ann.publish(archive("big", "1.3.0").file("big.md", text)).isProblem(403, "QUOTA_EXCEEDED");
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void shows_what_the_latest_version_says() {
    ann.publish(bare(), "name", "notes", "version", "2.0.0", "description", "second").is(201);
    ann.publish(bare(), "name", "notes", "version", "1.0.0", "description", "first").is(201);
    ann.publish(bare(), "name", "notes", "version", "3.0.0-beta", "description", "third").is(201);
    JsonObject library = client.get("/libraries/" + ann.username() + "/notes").json();
    assertThat(library.getString("description")).isEqualTo("second");
    assertThat(library.getString("latest_version")).isEqualTo("2.0.0");
  }
}
