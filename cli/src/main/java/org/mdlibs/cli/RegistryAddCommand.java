package org.mdlibs.cli;

import java.io.IOException;
import java.util.List;
import org.mdlibs.cli.Registry.Source;
import org.mdlibs.registry.name.Scope;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a registry a name. */
@picocli.CommandLine.Command(
    name = "add",
    description = "Give a registry a name; the first one is the default.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs registry add work https://mdlibs.example.com",
      "  mdlibs registry add work https://mdlibs.example.com --scope acme"
    })
final class RegistryAddCommand extends Command {
  @Parameters(index = "0", paramLabel = "NAME", description = "What to call it: a-z, 0-9, - . _")
  private String name;

  @Parameters(index = "1", paramLabel = "URL", description = "Its address.")
  private String url;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = ",",
      description = "This user's or team's libraries are there; may repeat.")
  private List<String> scopes = List.of();

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
    for (String scope : scopes) {
      checkScope(scope);
    }
    new UserConfig(session).add(name, registry, scopes);
    if (registry.isEavesdroppable()) {
      terminal.warn(registry + " is not encrypted");
    }
    terminal.tell("Added " + terminal.bold(name) + ": " + registry);
    return ExitCode.DONE;
  }

  private static void checkScope(String scope) {
    try {
      Scope.parse(RegistryFile.folded(scope));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitCode.USAGE,
          "'" + scope + "' is no scope: it " + e.getMessage(),
          "Name a user or a team, as in @scope/name.",
          e);
    }
  }
}
