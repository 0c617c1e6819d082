package org.mdlibs.cli;

/** Holds the commands about teams. */
@picocli.CommandLine.Command(
    name = "team",
    description = "Make teams, and say who is in them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TeamListCommand.class,
      TeamCreateCommand.class,
      TeamShowCommand.class,
      TeamDeleteCommand.class,
      TeamAddCommand.class,
      TeamRemoveCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs team create platform --display-name 'Platform Engineering'",
      "  mdlibs team add platform bob --role admin",
      "  mdlibs publish --scope platform"
    })
final class TeamCommand extends Command {
  TeamCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    throw new Failure(ExitCode.USAGE, "A command is missing.", "See: mdlibs team --help");
  }
}
