package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.util.List;
import org.mdlibs.cli.Credentials.Credential;
import picocli.CommandLine.Option;

/** Shows the user's API tokens; nobody has their secrets any more. */
@picocli.CommandLine.Command(
    name = "list",
    description = "Show your API tokens; a star marks the one that mdlibs login keeps here.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs token list --json")
final class TokenListCommand extends OnlineCommand {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TokenListCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Settings settings = settings();
    JsonObject answer = new AccountApi(loggedIn(settings)).tokens();
    if (json) {
      printJson(answer);
      return ExitCode.DONE;
    }
    List<JsonObject> tokens = Json.objects(answer, "tokens");
    if (tokens.isEmpty()) {
      terminal.line("You have no API tokens.");
      return ExitCode.DONE;
    }
    String here =
        new Credentials(session).find(settings.registry()).map(Credential::id).orElse(null);
    var table = new Table("", "ID", "SCOPES", "EXPIRES", "LAST USED", "NAME");
    for (JsonObject token : tokens) {
      String id = Json.text(token, "id");
      String used = Json.text(token, "last_used_at");
      table.row(
          id != null && id.equals(here) ? "*" : "",
          id,
          String.join(",", Json.texts(token, "scopes")),
          Json.text(token, "expires_at"),
          used == null ? "never" : used,
          Json.text(token, "name"));
    }
    table.print(terminal);
    return ExitCode.DONE;
  }
}
