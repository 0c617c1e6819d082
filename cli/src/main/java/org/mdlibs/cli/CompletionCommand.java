package org.mdlibs.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Parameters;

/** Prints the script that makes a shell complete this command line. */
@picocli.CommandLine.Command(
    name = "completion",
    description = "Print the completion script of a shell.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(mdlibs completion bash)",
      "  mdlibs completion zsh > ~/.mdlibs-completion && source ~/.mdlibs-completion",
      "  mdlibs completion fish > ~/.config/fish/completions/mdlibs.fish"
    })
final class CompletionCommand extends Command {
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  private Shell shell;

  CompletionCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    if (shell == Shell.fish) {
      terminal.line(FishCompletion.of(Mdlibs.commandLine(session)));
      return ExitCode.DONE;
    }
    terminal.line("# Completion of mdlibs in " + shell + ".");
    // One script serves both: under zsh it loads bashcompinit itself.
    terminal.line(AutoComplete.bash("mdlibs", Mdlibs.commandLine(session)));
    return ExitCode.DONE;
  }
}
