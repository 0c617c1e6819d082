package org.mdlibs.cli;

import java.io.IOException;
import picocli.CommandLine.Parameters;

/** Chooses the registry that commands talk to when nothing else says so. */
@picocli.CommandLine.Command(
    name = "set-default",
    description = "Choose the default registry.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs registry set-default work")
final class RegistrySetDefaultCommand extends Command {
  @Parameters(paramLabel = "NAME", description = "Its name.")
  private String name;

  RegistrySetDefaultCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    new UserConfig(session).setDefault(name);
    terminal.tell("The default registry is now " + terminal.bold(Terminal.clean(name)));
    return ExitCode.DONE;
  }
}
