package org.mdlibs.registry.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

/** Whatever is wrong with a request to publish: a clear problem, and nothing stored. */
@RegistryTest
class BadInputIT {
  private final RegistryServer server;
  private final RegistryClient ann;
  private long versions;
  private int blobs;

  BadInputIT(RegistryClient client, RegistryServer server) {
    this.server = server;
    this.ann = client.newUser();
  }

  @BeforeEach
  void remember() {
    versions = server.count("select count(*) from library_versions");
    blobs = server.blobs().size();
  }

  @AfterEach
  void nothing_was_stored() {
    assertThat(server.count("select count(*) from library_versions")).isEqualTo(versions);
    assertThat(server.blobs()).hasSize(blobs);
    assertThat(server.waitingUploads()).isEmpty();
  }

  private Answer publish(byte[] archive) {
    return ann.publish(archive, "name", "notes", "version", "1.0.0");
  }

  @Test
  void no_file() {
    publish(null).isProblem(422, "ARCHIVE_MISSING");
  }

  @Test
  void an_empty_file() {
    publish(new byte[0]).isProblem(422, "ARCHIVE_EMPTY");
  }

  @Test
  void not_gzip() {
    publish("# just markdown".getBytes(UTF_8)).isProblem(422, "ARCHIVE_NOT_GZIP");
  }

  @Test
  void gzip_but_no_tar() {
    publish(ArchiveBuilder.gzip("# just markdown".getBytes(UTF_8)))
        .isProblem(422, "ARCHIVE_NOT_TAR");
  }

  @Test
  void truncated() {
    byte[] whole = archive("notes", "1.0.0").bytes();
    publish(Arrays.copyOf(whole, whole.length - 20)).isProblem(422, "ARCHIVE_TRUNCATED");
  }

  @Test
  void data_after_the_end() {
    byte[] whole = archive("notes", "1.0.0").bytes();
    publish(Arrays.copyOf(whole, whole.length + 1)).isProblem(422, "ARCHIVE_TRAILING_DATA");
  }

  @Test
  void no_markdown() {
    publish(ArchiveBuilder.empty().file("a.txt", "text").bytes())
        .isProblem(422, "ARCHIVE_NO_MARKDOWN");
  }

  @ParameterizedTest
  @CsvSource({
    "../evil.md, ARCHIVE_PATH_TRAVERSAL",
    "/etc/evil.md, ARCHIVE_PATH_ABSOLUTE",
    "a/../../evil.md, ARCHIVE_PATH_TRAVERSAL",
    "a\\..\\evil.md, ARCHIVE_PATH_BACKSLASH",
    "C:/evil.md, ARCHIVE_PATH_DRIVE"
  })
  void a_path_that_leaves_its_folder(String path, String code) {
    publish(archive("notes", "1.0.0").file(path, "evil").bytes()).isProblem(422, code);
  }

  @Test
  void a_link() {
    publish(archive("notes", "1.0.0").symlink("link.md", "/etc/passwd").bytes())
        .isProblem(422, "ARCHIVE_SYMBOLIC_LINK")
        .hasFaults("link.md");
  }

  @Test
  void every_fault_of_the_archive_at_once() {
    publish(
            archive("notes", "1.0.0")
                .symlink("link.md", "/etc/passwd")
                .file("../evil.md", "")
                .file("docs/readme.md", "")
                .bytes())
        .isProblem(422, "ARCHIVE_SYMBOLIC_LINK")
        .hasFaults("link.md", "../evil.md", "docs/readme.md");
  }

  @Test
  void a_form_before_an_archive_that_are_both_at_fault() {
    byte[] bytes = archive("notes", "1.0.0").file("../evil.md", "").bytes();
    ann.publish(bytes, "name", "x").isProblem(400, "INVALID_INPUT").hasFaults("name");
  }

  @Test
  void a_manifest_that_is_not_at_the_root() {
    publish(archive("notes", "1.0.0").file("docs/.mdlibs.toml", "").bytes())
        .isProblem(422, "MANIFEST_MISPLACED")
        .hasFaults("docs/.mdlibs.toml");
  }

  @ParameterizedTest
  @CsvSource({
    "no, 1.0.0, name",
    "Notes, 1.0.0, name",
    "-notes, 1.0.0, name",
    "no--tes, 1.0.0, name",
    "../notes, 1.0.0, name",
    "notes, 1.0, version",
    "notes, v1.0.0, version",
    "notes, 01.0.0, version",
    "notes, latest, version"
  })
  void a_name_or_version_that_is_none(String name, String version, String field) {
    byte[] bare = ArchiveBuilder.empty().file("a.md", "# A").bytes();
    ann.publish(bare, "name", name, "version", version)
        .isProblem(400, "INVALID_INPUT")
        .hasFaults(field);
  }

  @Test
  void every_fault_of_the_form_at_once() {
    byte[] bare = ArchiveBuilder.empty().file("a.md", "# A").bytes();
    ann.publish(
            bare,
            "name",
            "x",
            "version",
            "one",
            "description",
            "two\nlines",
            "tags",
            "a b",
            "license",
            "Apache-3.0",
            "visibility",
            "hidden")
        .isProblem(400, "INVALID_INPUT")
        .hasFaults("name", "version", "description", "tags", "license", "visibility");
  }

  @Test
  void a_manifest_that_lies() {
    Answer answer =
        ann.publish(archive("notes", "1.0.0").bytes(), "name", "other", "version", "1.0.1");
    answer.isProblem(422, "MANIFEST_DIFFERS").hasFaults("name", "version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[library",
        "[library]\nname = 5\n",
        "library = 1\n",
        "[library]\ntags = [1]\n",
        "[library]\nname = \"X\"\n",
        "[library]\nversion = \"1\"\n",
        "[library]\nlicense = \"Nope\"\n"
      })
  void a_manifest_that_is_broken(String manifest) {
    byte[] bytes = ArchiveBuilder.empty().manifest(manifest).file("a.md", "# A").bytes();
    ann.publish(bytes, "name", "notes", "version", "1.0.0").isProblem(422, "MANIFEST_INVALID");
  }

  @Test
  void an_archive_that_is_too_large() {
    publish(new byte[1_000_001]).isProblem(413, "ARCHIVE_TOO_LARGE");
  }

  @Test
  void an_archive_that_unpacks_to_too_much() {
    var builder = archive("notes", "1.0.0");
    for (int i = 0; i < 2; i++) {
      builder.file("zeros" + i + ".md", new byte[1_900_000]);
    }
    publish(builder.bytes()).isProblem(422, "ARCHIVE_UNPACKED_TOO_LARGE");
    publish(archive("notes", "1.0.0").file("zeros.md", new byte[2_000_001]).bytes())
        .isProblem(422, "ARCHIVE_FILE_TOO_LARGE");
  }

  @Test
  void an_archive_of_too_many_entries() {
    var builder = archive("notes", "1.0.0");
    for (int i = 0; i < 200; i++) {
      builder.file("f" + i + ".md", "x");
    }
    publish(builder.bytes()).isProblem(422, "ARCHIVE_TOO_MANY_ENTRIES");
  }

  @Test
  void a_form_that_is_none() {
    String type = "multipart/form-data; boundary=b";
    ann.send(
            ann.request("/api/v1/libraries")
                .header("Content-Type", "multipart/form-data")
                .POST(BodyPublishers.ofString("x")))
        .isProblem(400, "MALFORMED_MULTIPART");
    ann.send(
            ann.request("/api/v1/libraries")
                .header("Content-Type", type)
                .POST(
                    BodyPublishers.ofString(
                        "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc")))
        .isProblem(400, "MALFORMED_MULTIPART");
    ann.send(ann.request("/api/v1/libraries").POST(BodyPublishers.noBody()))
        .isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
    ann.post("/libraries", "{}").isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
    ann.publish(archive("notes", "1.0.0").bytes(), "name", "notes", "name", "notes")
        .isProblem(400, "MALFORMED_MULTIPART");
    ann.publish(archive("notes", "1.0.0").bytes(), "description", "x".repeat(20_000))
        .isProblem(413, "BODY_TOO_LARGE");
    ann.publish(archive("notes", "1.0.0").bytes(), "unknown", "x".repeat(20_000))
        .isProblem(413, "BODY_TOO_LARGE");
  }

  @Test
  void a_dry_run_that_is_neither() {
    ann.sendForm(
            "/libraries?dry_run=perhaps", RegistryClient.form(archive("notes", "1.0.0").bytes()))
        .isProblem(400, "INVALID_INPUT");
  }
}
