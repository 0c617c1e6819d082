package org.mdlibs.cli;

import java.io.IOException;
import org.mdlibs.cli.Registry.Source;
import picocli.CommandLine.Parameters;

/** Gives a registry a name. */
@picocli.CommandLine.Command(
    name = "add",
    description = "Give a registry a name; the first one is the default.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs registry add work https://mdlibs.example.com")
final class RegistryAddCommand extends Command {
  @Parameters(index = "0", paramLabel = "NAME", description = "What to call it: a-z, 0-9, - . _")
  private String name;

  @Parameters(index = "1", paramLabel = "URL", description = "Its address.")
  private String url;

  RegistryAddCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new Failure(
          ExitCode.USAGE,
          "'" + name + "' is no name for a registry.",
          "Take 1 to 64 letters, digits, '-', '.' and '_'.");
    }
    Registry registry = Registry.of(name, url, Source.USER);
    new UserConfig(session).add(name, registry);
    if (registry.isEavesdroppable()) {
      terminal.warn(registry + " is not encrypted");
    }
    terminal.line("Added " + terminal.bold(name) + ": " + registry);
    return ExitCode.DONE;
  }
}
