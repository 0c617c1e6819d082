package org.mdlibs.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mdlibs.cli.Credentials.Credential;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Forgets a registry with all that is kept for it: its name, the scopes that led there, and the
 * token, which is revoked; unless another name leads to the same address.
 */
@picocli.CommandLine.Command(
    name = "remove",
    description = "Forget a registry: its name, its scopes, and its token, which is revoked.",
    footerHeading = "%nExamples:%n",
    footer = {"  mdlibs registry remove work", "  mdlibs registry remove work --keep-token"})
final class RegistryRemoveCommand extends NetworkCommand {
  @Parameters(paramLabel = "NAME", description = "Its name.")
  private String name;

  @Option(names = "--keep-token", description = "Stay logged in there.")
  private boolean keepToken;

  RegistryRemoveCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    var settings = new Settings(session, new Settings.Flags(null, timeoutOption, insecureOption));
    Optional<Registry> registry = Optional.ofNullable(settings.registriesOfUser().get(name));
    List<String> scopes = new UserConfig(session).remove(name);
    terminal.tell("Removed " + terminal.bold(Terminal.clean(name)));
    for (String scope : scopes) {
      terminal.tell("@" + Terminal.clean(scope) + " is looked for at the default registry now.");
    }
    if (registry.isPresent() && !keepToken) {
      logout(settings, registry.get());
    }
    return ExitCode.DONE;
  }

  private void logout(Settings before, Registry registry) throws IOException {
    var credentials = new Credentials(session);
    Optional<Credential> stored = credentials.find(registry);
    boolean hasOtherName =
        new Settings(session, Settings.Flags.NONE)
            .registriesOfUser().values().stream().anyMatch(r -> r.url().equals(registry.url()));
    if (stored.isEmpty() || hasOtherName) {
      return;
    }
    credentials.forget(registry);
    try {
      new AccountApi(http(before, registry, stored.get().token())).logout();
      terminal.tell("Logged out of " + registry);
    } catch (Failure e) {
      terminal.warn(
          "the token of "
              + registry
              + " was forgotten here, but not revoked, and works until it expires: "
              + e.getMessage());
    }
  }
}
