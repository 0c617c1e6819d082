package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

/** Publishing when the answer does not come: was it published? */
final class DeliveryTest {
  private static final String VERSION = "GET /api/v1/libraries/ann/notes/1.0.0";

  private final LoopbackServer server = new LoopbackServer();
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void a_library() throws IOException {
    run =
        new Run(temporary)
            .with("MDLIBS_REGISTRY_URL", server.url())
            .with("MDLIBS_TOKEN", "mdl_secret");
    run.write(".mdlibs.toml", "[library]\nname = \"notes\"\nversion = \"1.0.0\"\n");
    run.write("docs/README.md", "# Notes\n");
    server.on("GET /api/v1/users/me", Given.json(200, "{\"username\":\"ann\"}"));
    // The gateway gave up on what stands behind it.
    server.on("POST /api/v1/libraries", Given.json(504, "{}"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String checksum() throws IOException {
    Path archive = temporary.resolve("archive");
    try (var out = Files.newOutputStream(archive)) {
      Packer.pack(Packer.collect(run.project).files(), run.read(".mdlibs.toml"), out);
    }
    return HexFormat.of().formatHex(sha256(Files.readAllBytes(archive)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Given version(String checksum) {
    return Given.json(
        200, "{\"version\":\"1.0.0\",\"checksum\":\"sha256:" + checksum + "\",\"size\":1}");
  }

  @Test
  void an_answer_that_was_lost_is_asked_for() throws IOException {
    server.on(VERSION, version(checksum()));
    Outcome outcome = run.mdlibs("publish");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("published @ann/notes@1.0.0", checksum());
    assertThat(server.lines()).containsOnlyOnce("POST /api/v1/libraries");
  }

  @Test
  void what_did_not_arrive_is_told_and_what_to_do() {
    server.on(VERSION, Given.json(404, "{\"code\":\"VERSION_NOT_FOUND\"}"));
    Outcome outcome = run.mdlibs("publish");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(outcome.err()).contains("does not have the version", "hint: Publish again");
  }

  @Test
  void other_bytes_under_the_version_are_somebody_elses() {
    server.on(VERSION, version("00".repeat(32)));
    Outcome outcome = run.mdlibs("publish");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("@ann/notes@1.0.0 is there, with other bytes");
  }

  @Test
  void a_registry_that_cannot_be_asked_leaves_it_open() {
    server.on("GET /api/v1/users/me", Given.json(503, "{}"));
    Outcome outcome = run.mdlibs("publish");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(outcome.err())
        .contains("Whether the version arrived is not known", "mdlibs info @scope/notes@1.0.0");
  }

  @Test
  void a_registry_that_was_never_reached_is_not_asked() {
    run.with("MDLIBS_REGISTRY_URL", "http://127.0.0.1:1");
    Outcome outcome = run.mdlibs("publish");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(outcome.err()).doesNotContain("arrived");
  }

  @Test
  void publishing_again_what_arrived_is_done() throws IOException {
    server.on("POST /api/v1/libraries", Given.json(409, "{\"code\":\"VERSION_EXISTS\"}"));
    server.on(VERSION, version(checksum()));
    Outcome same = run.mdlibs("publish", "--scope", "ann");
    assertThat(same.err()).isEmpty();
    assertThat(same.exitCode()).isZero();
    assertThat(same.out()).startsWith("already published @ann/notes@1.0.0\n");
    run.write("docs/README.md", "# Other\n");
    assertThat(run.mdlibs("publish").err()).contains("raise it in .mdlibs.toml");
  }
}
