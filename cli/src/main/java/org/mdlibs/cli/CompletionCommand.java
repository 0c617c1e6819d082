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
      "  mdlibs completion zsh > ~/.mdlibs-completion && source ~/.mdlibs-completion"
    })
final class CompletionCommand extends Command {
  enum Shell {
    bash,
    zsh
  }

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell;

  CompletionCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    terminal.line("# Completion of mdlibs in " + shell + ".");
    // One script serves both: under zsh it loads bashcompinit itself.
    terminal.line(AutoComplete.bash("mdlibs", Mdlibs.commandLine(session)));
    return ExitCode.DONE;
  }
}
