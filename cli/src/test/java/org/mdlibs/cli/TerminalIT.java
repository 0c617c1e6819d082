package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

/** The launcher on a pseudo-terminal: prompts, colours, width and progress. */
final class TerminalIT {
  private final LoopbackServer server = new LoopbackServer();
  @TempDir private Path temporary;
  private Shell shell;
  private Pty pty;

  @BeforeEach
  void a_terminal() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
    shell =
        new Shell(temporary)
            .with("MDLIBS_REGISTRY_URL", server.url())
            .with("TERM", "xterm-256color");
    pty = new Pty(shell, temporary);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asks_for_name_and_password_and_shows_no_password() {
    server.on(
        "POST /api/v1/auth/login",
        Given.json(200, "{\"token\":\"t\",\"user\":{\"username\":\"ann\"}}"));
    server.on("POST /api/v1/auth/tokens", Given.json(201, "{\"token\":\"mdl_new\",\"id\":\"7\"}"));
    server.on("POST /api/v1/auth/logout", Given.json(204, ""));
    Outcome outcome =
        pty.mdlibs(List.of("login"), "Username: ", "ann\r", "Password: ", "a secret phrase\r");
    assertThat(outcome.exitCode()).as(outcome.out()).isZero();
    assertThat(outcome.out()).contains("Logged in to").doesNotContain("a secret phrase", "mdl_new");
    assertThat(server.seen().get(0).text()).contains("a secret phrase");
  }

  @Test
  void asks_before_it_deletes_and_takes_no_for_an_answer() {
    shell.with("MDLIBS_TOKEN", "mdl_x");
    String line = "DELETE /api/v1/libraries/ann/notes/1.0.0";
    server.on(line, Given.json(204, ""));
    Outcome no = pty.mdlibs(List.of("delete", "@ann/notes@1.0.0"), "[y/N] ", "\r");
    assertThat(no.exitCode()).as(no.out()).isEqualTo(ExitCode.FAILED);
    assertThat(server.seen()).isEmpty();
    Outcome yes = pty.mdlibs(List.of("delete", "@ann/notes@1.0.0"), "[y/N] ", "y\r");
    assertThat(yes.exitCode()).as(yes.out()).isZero();
    assertThat(server.lines()).containsExactly(line);
  }

  @Test
  void has_colours_unless_no_color_is_set() {
    assertThat(pty.mdlibs(List.of("info", "nonsense")).out()).contains("\u001b[1;31merror:");
    assertThat(pty.mdlibs(List.of("--help")).out()).contains("\u001b[");
    shell.with("NO_COLOR", "1");
    assertThat(pty.mdlibs(List.of("info", "nonsense")).out()).doesNotContain("\u001b");
    assertThat(pty.mdlibs(List.of("--help")).out()).doesNotContain("\u001b");
  }

  @Test
  void knows_the_width_of_the_terminal() {
    server.on(
        "GET /api/v1/libraries?q=x&per_page=20",
        Given.json(
            200,
            "{\"total\":1,\"libraries\":[{\"scope\":\"ann\",\"name\":\"notes\",\"latest_version\":\"1.0.0\","
                + "\"downloads\":3,\"tags\":[\"a\"],\"description\":\""
                + "连接数据库的文档".repeat(20)
                + "\"}]}"));
    shell.with("NO_COLOR", "1");
    for (int columns : new int[] {72, 120}) {
      String out = pty.columns(columns).mdlibs(List.of("search", "x")).out();
      assertThat(out.lines().mapToInt(Table::width).max().getAsInt())
          .isBetween(columns - 3, columns);
    }
    assertThat(pty.columns(40).mdlibs(List.of("search", "x")).out())
        .contains("LIBRARY      @ann/notes", "DOWNLOADS    3");
  }

  @Test
  void a_slow_upload_shows_its_progress_on_one_line_and_clears_it_and_quiet_shows_none()
      throws IOException {
    try (var slow =
        new SlowServer(
            "{\"scope\":\"ann\",\"name\":\"big\",\"version\":\"1.0.0\",\"checksum\":\"x\"}")) {
      shell.with("MDLIBS_TOKEN", "mdl_x").with("MDLIBS_REGISTRY_URL", slow.url());
      Path folder = temporary.resolve("big");
      shell.in(folder);
      Files.writeString(
          folder.resolve(".mdlibs.toml"), "[library]\nname = \"big\"\nversion = \"1.0.0\"\n");
      Files.writeString(folder.resolve("README.md"), "# Big\n");
      var noise = new byte[24 * 1024 * 1024];
      new Random(3).nextBytes(noise);
      Files.write(folder.resolve("noise.bin"), noise);
      String out = pty.columns(60).mdlibs(List.of("publish")).out();
      assertThat(out)
          .contains("\rPublishing [#", "MiB/s", "\r\u001b[K", "published")
          .contains("@ann/big");
      for (String drawn : out.substring(0, out.indexOf("published")).split("\r", -1)) {
        assertThat(Table.width(drawn.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", ""))).isLessThan(60);
      }
      assertThat(pty.mdlibs(List.of("publish", "--quiet")).out()).isEmpty();
      assertThat(shell.mdlibs("publish").err()).isEmpty();
    }
  }
}
