package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

final class PublishCommandTest {
  private static final String PUBLISHED =
      "{\"scope\":\"ann\",\"name\":\"notes\",\"version\":\"1.0.0\",\"checksum\":\"sha256:00\"}";
  private static final String MANIFEST =
      "# mine\n[library]\nname = \"notes\"\nversion = \"1.0.0\" # raise me\ntags = [\"x\"]\n";

  private final LoopbackServer server = new LoopbackServer();
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void folders() throws IOException {
    run =
        new Run(temporary)
            .with("MDLIBS_REGISTRY_URL", server.url())
            .with("MDLIBS_TOKEN", "mdl_secret");
    run.write(".mdlibs.toml", MANIFEST);
    run.write("docs/README.md", "# Notes\n");
    server.on("POST /api/v1/libraries", Given.json(201, PUBLISHED));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The entries of the archive that came as the form's file. */
  private Map<String, String> sent(int request) throws IOException {
    byte[] body = server.seen().get(request).body();
    String text = server.seen().get(request).text();
    int start = text.indexOf("\r\n\r\n", text.indexOf("filename=")) + 4;
    int end = text.lastIndexOf("\r\n--mdlibs-");
    var entries = new LinkedHashMap<String, String>();
    var archive = new ByteArrayInputStream(Arrays.copyOfRange(body, start, end));
    try (var tar = new TarArchiveInputStream(new GZIPInputStream(archive), "UTF-8")) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        entries.put(e.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  @Test
  void sends_the_packed_library_with_the_token() throws IOException {
    Outcome outcome = run.mdlibs("publish", "--scope", "platform", "--visibility", "private");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("@ann/notes@1.0.0", "sha256:00");
    assertThat(server.seen().get(0).authorization()).contains("Bearer mdl_secret");
    assertThat(server.seen().get(0).text())
        .contains(
            "name=\"scope\"\r\n\r\nplatform\r\n",
            "name=\"visibility\"\r\n\r\nprivate\r\n",
            "filename=\"notes-1.0.0.tar.gz\"");
    assertThat(sent(0))
        .containsEntry(".mdlibs.toml", MANIFEST)
        .containsEntry("docs/README.md", "# Notes\n")
        .hasSize(2);
  }

  @Test
  void writes_flags_into_the_packed_manifest_and_not_into_the_file() throws IOException {
    run.mdlibs("publish", "--version", "1.1.0", "--description", "Über \"alles\"", "--tags", "a,b");
    assertThat(sent(0).get(".mdlibs.toml"))
        .isEqualTo(
            """
            # mine
            [library]
            name = "notes"
            version = "1.1.0" # raise me
            tags = ["a", "b"]
            description = "Über \\"alles\\""
            """);
    assertThat(run.read(".mdlibs.toml")).isEqualTo(MANIFEST);
  }

  @Test
  void refuses_what_the_server_would_refuse_before_anything_is_sent() throws IOException {
    Outcome version = run.mdlibs("publish", "--version", "1.0");
    assertThat(version.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(version.err()).contains("MANIFEST_INVALID", "version");
    run.write(".mdlibs.toml", "[library]\nname = \"notes\"\n");
    assertThat(run.mdlibs("publish").err()).contains("'version'");
    run.write(".mdlibs.toml", MANIFEST);
    Files.delete(run.project.resolve("docs/README.md"));
    assertThat(run.mdlibs("publish").err()).contains("ARCHIVE_NO_MARKDOWN");
    run.write("docs/con.md", "");
    run.write("docs/a:b.md", "");
    assertThat(run.mdlibs("publish").err())
        .contains("ARCHIVE_PATH_CHARACTER", "docs/a:b.md", "docs/con.md");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void dry_run_lists_the_files_and_asks_for_the_verdict() {
    server.on("POST /api/v1/libraries?dry_run=true", Given.json(200, PUBLISHED));
    Outcome outcome = run.mdlibs("publish", "--dry-run");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("docs/README.md", "2 files", "would take @ann/notes@1.0.0");
    assertThat(server.lines()).containsExactly("POST /api/v1/libraries?dry_run=true");
    assertThat(run.mdlibs("publish", "--dry-run", "--json").out()).contains("\"path\": \"docs/");
  }

  @Test
  void dry_run_fails_with_every_fault_that_the_registry_found() {
    server.on(
        "POST /api/v1/libraries?dry_run=true",
        Given.json(
            200,
            "{\"would_publish\":false,\"faults\":["
                + "{\"code\":\"VERSION_EXISTS\",\"status\":409,\"detail\":\"It exists.\"},"
                + "{\"code\":\"QUOTA_EXCEEDED\",\"status\":403,\"detail\":\"It is too much.\"}]}"));
    Outcome outcome = run.mdlibs("publish", "--dry-run");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .isEqualTo(
            """
            It exists. (VERSION_EXISTS)
            It is too much. (QUOTA_EXCEEDED)
            error: The registry would refuse this library: 2 faults.
            hint: Mend it and try again.
            """);
  }

  @Test
  void dry_run_asks_the_registry_also_for_what_is_wrong_here() throws IOException {
    server.on(
        "POST /api/v1/libraries?dry_run=true",
        Given.json(
            200, "{\"would_publish\":false,\"faults\":[{\"code\":\"X\",\"detail\":\"Y\"}]}"));
    run.write(".mdlibs.toml", "[library]\nname = 1\n");
    run.write("docs/con.md", "");
    Outcome outcome = run.mdlibs("publish", "--dry-run");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("Y (X)", "1 fault.");
    assertThat(sent(0)).containsKeys(".mdlibs.toml", "docs/con.md");
  }

  @Test
  void tells_the_registrys_refusal() {
    server.on(
        "POST /api/v1/libraries",
        Given.json(
            409,
            "{\"title\":\"The version exists already\",\"code\":\"VERSION_EXISTS\","
                + "\"detail\":\"@ann/notes has 1.0.0.\"}"));
    Outcome outcome = run.mdlibs("publish");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: The version exists already (VERSION_EXISTS): @ann/notes has 1.0.0.
            hint: A version never changes: raise it in .mdlibs.toml or with --version.
            """);
  }

  @Test
  void a_field_cannot_break_out_of_the_form() {
    Outcome outcome = run.mdlibs("publish", "--scope", "x\r\n--boundary");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void needs_a_login() {
    assertThat(run.with("MDLIBS_TOKEN", "").mdlibs("publish").exitCode())
        .isEqualTo(ExitCode.DENIED);
  }
}
