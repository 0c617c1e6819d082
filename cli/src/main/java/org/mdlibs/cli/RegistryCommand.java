package org.mdlibs.cli;

/** Holds the commands that keep the user's list of registries. */
@picocli.CommandLine.Command(
    name = "registry",
    description = "Name registries and choose the default one.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RegistryAddCommand.class,
      RegistryListCommand.class,
      RegistryRemoveCommand.class,
      RegistrySetDefaultCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs registry add work https://mdlibs.example.com",
      "  mdlibs registry set-default work"
    })
final class RegistryCommand extends Command {
  RegistryCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    throw new Failure(ExitCode.USAGE, "A command is missing.", "See: mdlibs registry --help");
  }
}
