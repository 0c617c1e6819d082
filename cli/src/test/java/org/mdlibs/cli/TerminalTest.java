package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import picocli.CommandLine;

final class TerminalTest {
  private static final String HOSTILE =
      "{\"libraries\":[{\"scope\":\"ann\",\"name\":\"notes\",\"latest_version\":\"1.0.0\","
          + "\"downloads\":1,\"tags\":[\"a\\u001b[2J\"],"
          + "\"description\":\"red \\u001b[31m bell \\u0007 c1 \\u009b5m turn \\u202e lines\\r\\n x 连接\"}],"
          + "\"total\":1,\"page\":1,\"per_page\":20}";

  @TempDir private Path temporary;

  @Test
  void strips_control_characters_from_what_a_registry_says() throws IOException {
    try (var server = new LoopbackServer()) {
      server.on("GET /api/v1/libraries?q=notes&per_page=20", Given.json(200, HOSTILE));
      var run = new Run(temporary).with("MDLIBS_REGISTRY_URL", server.url());
      String out = run.mdlibs("search", "notes").out();
      assertThat(out).doesNotContain("\u001b", "\u0007", "\u009b", "\u202e", "\r").contains("连接");
      assertThat(out.lines()).hasSize(2);
      String json = run.mdlibs("search", "notes", "--json").out();
      assertThat(json).doesNotContain("\u001b", "\u0007", "\u009b", "\u202e", "\r");
      assertThat(json).contains("\\u009b", "\\u202e", "连接");
    }
  }

  @Test
  void strips_control_characters_from_a_problem() throws IOException {
    try (var server = new LoopbackServer()) {
      server.on(
          "GET /api/v1/libraries/ann/notes",
          Given.json(409, "{\"title\":\"T\",\"code\":\"C\",\"detail\":\"x \\u001b[31m y\"}"));
      var run = new Run(temporary).with("MDLIBS_REGISTRY_URL", server.url());
      Run.Outcome outcome = run.mdlibs("info", "@ann/notes");
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(outcome.err()).doesNotContain("\u001b");
      assertThat(outcome.err().lines()).hasSize(2);
    }
  }

  @Test
  void has_colours_on_a_terminal_alone_and_never_with_no_color() throws IOException {
    assertThat(new Run(temporary).mdlibs("whoami").err()).doesNotContain("\u001b");
    assertThat(new Run(temporary).onTerminal().mdlibs("whoami").err()).contains("\u001b[1;31m");
    assertThat(new Run(temporary).onTerminal().with("NO_COLOR", "1").mdlibs("whoami").err())
        .doesNotContain("\u001b");
    assertThat(new Run(temporary).onTerminal().with("TERM", "dumb").mdlibs("whoami").err())
        .doesNotContain("\u001b");
  }

  @Test
  void counts_columns_as_a_terminal_does() {
    assertThat(Table.width("abc")).isEqualTo(3);
    assertThat(Table.width("连接")).isEqualTo(4);
    assertThat(Table.width("e\u0301")).isEqualTo(1);
  }

  @Test
  void tells_an_error_in_two_lines_and_a_stack_trace_only_for_debug() throws IOException {
    Run.Outcome plain = new Run(temporary).mdlibs("info", "@ann/notes@>>");
    assertThat(plain.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(plain.out()).isEmpty();
    assertThat(plain.err().lines()).hasSize(2);
    assertThat(plain.err()).startsWith("error: ").contains("\nhint: ");
    assertThat(new Run(temporary).mdlibs("info", "@ann/notes@>>", "--debug").err())
        .contains("at org.mdlibs.cli.");
  }

  @Test
  void quiet_tells_nothing_but_what_was_asked_for() throws IOException {
    var run = new Run(temporary);
    assertThat(run.mdlibs("init", "-q").out()).isEmpty();
    assertThat(run.mdlibs("--quiet", "registry", "add", "a", "https://a.example").out()).isEmpty();
    assertThat(run.mdlibs("list", "--quiet").out()).contains("docs/README.md");
    assertThat(run.mdlibs("info", "nonsense", "--quiet").err()).startsWith("error: ");
  }

  @Test
  void every_command_has_help_with_an_example() throws IOException {
    var run = new Run(temporary);
    Mdlibs.commandLine(run.session()).getSubcommands().values().forEach(c -> hasHelp(run, c));
  }

  private static void hasHelp(Run run, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName(" ").replaceFirst("mdlibs ", "");
    Run.Outcome outcome = run.mdlibs((name + " --help").split(" ", -1));
    assertThat(outcome.exitCode()).as(name).isZero();
    assertThat(outcome.out()).as(name).containsPattern("Examples?:\\R +.*mdlibs " + name);
    command.getSubcommands().values().forEach(c -> hasHelp(run, c));
  }

  @Test
  void completion_knows_every_command() throws IOException {
    for (String shell : new String[] {"bash", "zsh", "fish"}) {
      Run.Outcome outcome = new Run(temporary).mdlibs("completion", shell);
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.out()).contains("set-default", "install", "unyank", "revoke");
      for (String option : "frozen expires sso display-name role keep-token".split(" ", -1)) {
        assertThat(outcome.out()).contains(shell.equals("fish") ? "-l " + option : "--" + option);
      }
    }
  }
}
