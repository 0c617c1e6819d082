package org.mdlibs.cli;

import java.io.IOException;
import picocli.CommandLine.Parameters;

/** Forgets a registry's name; a token stored for its address stays until {@code logout}. */
@picocli.CommandLine.Command(
    name = "remove",
    description = "Forget a registry's name.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs registry remove work")
final class RegistryRemoveCommand extends Command {
  @Parameters(paramLabel = "NAME", description = "Its name.")
  private String name;

  RegistryRemoveCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    new UserConfig(session).remove(name);
    terminal.line("Removed " + terminal.bold(Terminal.clean(name)));
    return ExitCode.DONE;
  }
}
