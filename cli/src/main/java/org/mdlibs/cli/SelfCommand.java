package org.mdlibs.cli;

/** Holds the commands about the command line itself. */
@picocli.CommandLine.Command(
    name = "self",
    description = "Show what this command line is.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SelfVersionCommand.class,
    footerHeading = "%nExample:%n",
    footer = "  mdlibs self version")
final class SelfCommand extends Command {
  SelfCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    throw new Failure(ExitCode.USAGE, "A command is missing.", "See: mdlibs self --help");
  }
}
