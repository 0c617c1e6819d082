package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mdlibs.cli.Credentials.Credential;
import picocli.CommandLine.Option;

/** Shows who the registry takes the user for. */
@picocli.CommandLine.Command(
    name = "whoami",
    description = "Show the registry, the user, and what the token may do and until when.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs whoami --json")
final class WhoamiCommand extends OnlineCommand {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  WhoamiCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Settings settings = settings();
    Registry registry = settings.registry();
    JsonObject me = new AccountApi(loggedIn(settings)).me();
    // What is stored tells of the stored token only, not of one that MDLIBS_TOKEN gives.
    Optional<Credential> stored =
        new Credentials(session)
            .find(registry)
            .filter(c -> settings.token(registry).filter(c.token()::equals).isPresent());
    List<String> scopes = stored.map(Credential::scopes).orElse(List.of());
    String expiry = stored.map(Credential::expiresAt).orElse(null);
    if (json) {
      var answer = new JsonObject();
      answer.addProperty("registry", registry.toString());
      answer.add("user", me);
      if (!scopes.isEmpty()) {
        answer.add("scopes", Json.array(scopes));
      }
      if (expiry != null) {
        answer.addProperty("expires_at", expiry);
      }
      printJson(answer);
      return ExitCode.DONE;
    }
    line("registry", registry.toString());
    line("user", Json.required(me, "username"));
    line("e-mail", Json.text(me, "email"));
    line("roles", String.join(", ", Json.texts(me, "roles")));
    line("teams", teams(me));
    line("scopes", String.join(", ", scopes));
    line("expires", expiry);
    return ExitCode.DONE;
  }

  private static String teams(JsonObject me) {
    return Json.objects(me, "teams").stream()
        .map(team -> Json.text(team, "name") + " (" + Json.text(team, "role") + ")")
        .collect(Collectors.joining(", "));
  }

  private void line(String label, String value) {
    if (value != null && !value.isEmpty()) {
      terminal.line(terminal.faint(String.format("%-9s", label)) + " " + Terminal.clean(value));
    }
  }
}
