package org.mdlibs.registry.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;
import static org.mdlibs.registry.testing.MalwareScanner.EICAR_NAME;
import static org.mdlibs.registry.testing.MalwareScanner.eicar;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.scan.Verdict.Kind;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.MalwareScanner;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class ClamdIT {
  private static final String NO_CLAMD = "no clamd is installed";

  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;
  @TempDir private Path folder;

  ClamdIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
  }

  @BeforeEach
  void needs_a_scanner() {
    boolean isThere = server.scanner().isPresent();
    assertThat(isThere || !Boolean.getBoolean("registry.real.required")).as(NO_CLAMD).isTrue();
    assumeTrue(isThere, NO_CLAMD);
  }

  private long events() {
    return server.count(
        "select count(*) from audit_events where action = 'library.published'"
            + " and outcome = 'denied' and actor = ? and target = ?"
            + " and detail like 'malware=Test.Eicar.UNOFFICIAL sha256=%'",
        ann.username(), "@" + ann.username() + "/notes@1.0.0");
  }

  /** The archive is refused, and so is its rehearsal; neither leaves anything. */
  private void refuses(ArchiveBuilder bad, int status, String code, String inDetail) {
    long versions = server.count("select count(*) from library_versions");
    int blobs = server.blobs().size();
    Answer answer = ann.publish(bad).isProblem(status, code);
    assertThat(answer.string("detail")).contains(inDetail);
    JsonObject rehearsal = ann.dryRun(bad.bytes()).is(200).json();
    assertThat(rehearsal.getBoolean("would_publish")).isFalse();
    JsonObject fault = rehearsal.getJsonArray("faults").getJsonObject(0);
    assertThat(fault.getString("code")).isEqualTo(code);
    assertThat(fault.getString("detail")).contains(inDetail);
    assertThat(server.count("select count(*) from library_versions")).isEqualTo(versions);
    assertThat(server.blobs()).hasSize(blobs);
    assertThat(server.waitingUploads()).isEmpty();
    client.get("/libraries/" + ann.username() + "/notes").isProblem(404, "LIBRARY_NOT_FOUND");
  }

  @Test
  void shows_that_a_version_was_scanned() {
    assertThat(ann.publish(archive("notes", "1.0.0")).is(201).json().getBoolean("scanned"))
        .isTrue();
    String path = "/libraries/" + ann.username() + "/notes/1.0.0";
    assertThat(client.get(path).is(200).json().getBoolean("scanned")).isTrue();
    assertThat(
            server.text(
                "select detail from audit_events where action = 'library.published' and target = ?",
                "@" + ann.username() + "/notes@1.0.0"))
        .endsWith(" scanned=true");
  }

  @Test
  void shows_that_a_version_was_not_scanned() {
    ann.publish(archive("notes", "1.0.0")).is(201);
    String path = "/libraries/" + ann.username() + "/notes/1.0.0";
    String row =
        " where library_id in (select id from libraries where scope = '" + ann.username() + "')";
    server.execute("update library_versions set scanned = false" + row);
    assertThat(client.get(path).is(200).json().getBoolean("scanned")).isFalse();
    server.execute("update library_versions set scanned = null" + row);
    assertThat(client.get(path).is(200).json()).doesNotContainKey("scanned");
  }

  @Test
  void refuses_malware_in_a_file() {
    refuses(archive("notes", "1.0.0").file("docs/a.md", eicar()), 422, "MALWARE_FOUND", EICAR_NAME);
    assertThat(events()).isEqualTo(2);
  }

  @Test
  void refuses_malware_in_an_archive_within_the_archive() {
    byte[] inner = ArchiveBuilder.empty().file("a.md", eicar()).bytes();
    refuses(
        archive("notes", "1.0.0").file("docs/inner.tar.gz", inner),
        422,
        "MALWARE_FOUND",
        EICAR_NAME);
  }

  @Test
  void stops_recording_malware_before_it_fills_the_disk() {
    byte[] bad = archive("notes", "1.0.0").file("docs/a.md", eicar()).bytes();
    for (int i = 0; i < 14; i++) {
      ann.publish(bad).isProblem(422, "MALWARE_FOUND");
    }
    // Two limits' worth when the minute turns meanwhile.
    assertThat(events()).isBetween(11L, 14L);
  }

  @Test
  void takes_nothing_for_clean_that_the_scanner_does_not_read_to_its_end() {
    byte[] nested = eicar();
    for (int level = 0; level < 20; level++) {
      nested = ArchiveBuilder.gzip(nested);
    }
    refuses(
        archive("notes", "1.0.0").file("docs/deep.gz", nested),
        422,
        "MALWARE_SCAN_INCOMPLETE",
        "MaxRecursion");
  }

  @Test
  void stores_nothing_while_the_scanner_is_away() throws IOException {
    MalwareScanner scanner = server.scanner().orElseThrow();
    scanner.stop();
    try {
      refuses(archive("notes", "1.0.0"), 503, "MALWARE_SCAN_UNAVAILABLE", "Try again");
      Answer health = client.health(503);
      JsonObject checks = health.json().getJsonObject("checks");
      assertThat(checks.getJsonObject("malware_scanner").getString("status")).isEqualTo("DOWN");
    } finally {
      scanner.resume();
    }
    ann.publish(archive("notes", "1.0.0")).is(201);
    client.health(200);
  }

  private Verdict scan(int bytes, String... settings) throws IOException {
    byte[] content = new byte[bytes];
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);
    try (MalwareScanner scanner =
        MalwareScanner.start(folder.resolve("clamd"), settings).orElseThrow()) {
      return new Clamd("127.0.0.1", scanner.port(), Clamd.Limits.STANDARD).scan(file);
    }
  }

  @Test
  void knows_what_is_too_long_for_the_scanner() throws IOException {
    Verdict verdict = scan(5_000_000, "AlertExceedsMax yes", "StreamMaxLength 100K");
    assertThat(verdict).isEqualTo(new Verdict(Kind.INCOMPLETE, "StreamMaxLength"));
  }

  @Test
  void knows_what_is_too_long_for_the_scanner_by_a_little() throws IOException {
    Verdict verdict = scan(102_401, "AlertExceedsMax yes", "StreamMaxLength 100K");
    assertThat(verdict).isEqualTo(new Verdict(Kind.INCOMPLETE, "StreamMaxLength"));
  }

  @Test
  void knows_what_the_scanner_leaves_out() throws IOException {
    Verdict verdict = scan(102_401, "AlertExceedsMax yes", "MaxFileSize 100K");
    assertThat(verdict).isEqualTo(new Verdict(Kind.INCOMPLETE, "MaxFileSize"));
  }

  @Test
  void trusts_no_scanner_that_hides_what_it_leaves_out() {
    assertThatThrownBy(() -> scan(102_401, "MaxFileSize 100K"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("AlertExceedsMax");
  }
}
