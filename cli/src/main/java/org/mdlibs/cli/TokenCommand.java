package org.mdlibs.cli;

/** Holds the commands about API tokens. */
@picocli.CommandLine.Command(
    name = "token",
    description = "Make, show and revoke your API tokens.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs token create ci --expires 30 --scope read --scope publish",
      "  mdlibs token list",
      "  mdlibs token revoke ci"
    })
final class TokenCommand extends Command {
  TokenCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    throw new Failure(ExitCode.USAGE, "A command is missing.", "See: mdlibs token --help");
  }
}
