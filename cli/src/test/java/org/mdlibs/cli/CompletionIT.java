package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.cli.Run.Outcome;

/** The completion scripts in the shells that they are for. */
final class CompletionIT {
  @TempDir private Path temporary;
  private Shell shell;

  @BeforeEach
  void home() throws IOException {
    shell = new Shell(temporary);
  }

  private Path script(String of) throws IOException {
    Outcome outcome = shell.mdlibs("completion", of);
    assertThat(outcome.err()).isEmpty();
    return Files.writeString(temporary.resolve("completion." + of), outcome.out());
  }

  /** A shell that the machine does not have is passed over, unless the build demands all. */
  private static void needs(String program) {
    boolean there =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (Boolean.getBoolean("registry.real.required")) {
      assertThat(there).as(program + " is installed").isTrue();
    }
    assumeTrue(there, program + " is not installed");
  }

  @ParameterizedTest
  @CsvSource({
    "'mdlibs reg', 'register registry'",
    "'mdlibs registry ', 'add list remove set-default'",
    "'mdlibs registry remove --keep', '--keep-token'",
    "'mdlibs publish --dry', '--dry-run'",
    "'mdlibs team add platform bob --role ', 'member admin'",
    "'mdlibs completion f', 'fish'",
  })
  void bash_completes(String line, String expected) throws IOException {
    needs("bash");
    String program =
        """
        # bash allows it within a completion alone.
        compopt() { :; }
        source "$1"
        line=$2
        read -ra COMP_WORDS <<< "$line"
        case $line in *' ') COMP_WORDS+=('') ;; esac
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$line COMP_POINT=${#line}
        _complete_mdlibs
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Outcome outcome =
        shell.run("", List.of("bash", "-c", program, "bash", script("bash").toString(), line));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines().map(String::strip)).contains(expected.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "'mdlibs reg', 'register registry'",
    "'mdlibs registry ', 'add list remove set-default'",
    "'mdlibs registry remove --keep', '--keep-token'",
    "'mdlibs --quiet publish --dry', '--dry-run'",
    "'mdlibs team add platform bob --role ', 'admin member'",
    "'mdlibs completion f', 'fish'",
  })
  void fish_completes(String line, String expected) throws IOException {
    needs("fish");
    Outcome outcome =
        shell.run(
            "",
            List.of(
                "fish",
                "--no-config",
                "-c",
                "source $argv[1]; complete -C $argv[2]",
                script("fish").toString(),
                line));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines().map(l -> l.split("\t", -1)[0]))
        .contains(expected.split(" ", -1));
  }

  @Test
  void fish_does_not_offer_the_options_of_another_command() throws IOException {
    needs("fish");
    Outcome outcome =
        shell.run(
            "",
            List.of(
                "fish",
                "--no-config",
                "-c",
                "source $argv[1]; complete -C 'mdlibs search --d'",
                script("fish").toString()));
    assertThat(outcome.out()).contains("--debug").doesNotContain("--dry-run");
  }

  @ParameterizedTest
  @CsvSource({
    "mdlibs publish --dry, mdlibs publish --dry-run",
    "mdlibs whoa, mdlibs whoami",
    "mdlibs registry set, mdlibs registry set-default",
    "mdlibs completion f, mdlibs completion fish",
  })
  void zsh_completes_at_its_prompt(String typed, String completed) throws IOException {
    needs("zsh");
    needs("python3");
    Path buffer = temporary.resolve("buffer");
    // The line as the editor has it after the completion is written to a file: what it draws on the
    // terminal is no text that could be compared. The prompt is put together, so that its echo is
    // not taken for it.
    String setup =
        "PS1=re''ady; autoload -U compinit; compinit -u; source "
            + script("zsh")
            + "; show() { print -r -- $BUFFER > "
            + buffer
            + " }; zle -N show; bindkey '^G' show\r";
    Outcome outcome =
        new Pty(shell, temporary)
            .run(List.of("zsh", "-f", "-i"), "", setup, "ready", typed + "\t\u0007\u0015exit\r");
    assertThat(outcome.exitCode()).as(outcome.out()).isZero();
    assertThat(Files.readString(buffer).strip()).as(outcome.out()).isEqualTo(completed);
  }
}
