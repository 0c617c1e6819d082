package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Optional;
import org.mdlibs.cli.Credentials.Credential;
import picocli.CommandLine.Option;

/**
 * Revokes the stored token and forgets it; it is forgotten also where the registry cannot be told.
 */
@picocli.CommandLine.Command(
    name = "logout",
    description = "Revoke the stored token of a registry and forget it.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs logout --registry work")
final class LogoutCommand extends OnlineCommand {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  LogoutCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = settings();
    Registry registry = settings.registry();
    var credentials = new Credentials(session);
    Optional<Credential> stored = credentials.find(registry);
    Failure failure = null;
    if (stored.isPresent()) {
      credentials.forget(registry);
      failure = revoke(new AccountApi(http(settings, registry, stored.get().token())));
    }
    if (json) {
      var answer = new JsonObject();
      answer.addProperty("registry", registry.toString());
      answer.addProperty("forgotten", stored.isPresent());
      answer.addProperty("revoked", stored.isPresent() && failure == null);
      printJson(answer);
    } else if (failure == null) {
      terminal.tell(
          stored.isPresent()
              ? "Logged out of " + registry
              : "You were not logged in to " + registry);
    }
    if (failure != null) {
      throw new Failure(
          failure.exitCode(),
          "The token was forgotten here, but not revoked: " + failure.getMessage(),
          "It works until it expires; revoke it from another login if that matters.",
          failure);
    }
    return ExitCode.DONE;
  }

  /** Revokes, and answers why it could not. */
  private static Failure revoke(AccountApi api) {
    try {
      api.logout();
      return null;
    } catch (Failure e) {
      return e;
    }
  }
}
