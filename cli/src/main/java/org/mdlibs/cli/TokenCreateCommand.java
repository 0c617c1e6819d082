package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an API token: the secret alone goes to the output, so that a script can keep it. */
@picocli.CommandLine.Command(
    name = "create",
    description = "Make an API token. It is shown this once, alone on the standard output.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs token create reader",
      "  mdlibs token create ci --expires 30 --scope read,publish > token.txt"
    })
final class TokenCreateCommand extends OnlineCommand {
  @Parameters(paramLabel = "NAME", description = "What you know it by.")
  private String name;

  @Option(
      names = "--expires",
      paramLabel = "DAYS",
      description = "How many days it lives (default: as long as the registry allows).")
  private Integer days;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = ",",
      description = "What it may do: read, publish, manage, admin; may repeat (default: read).")
  private List<String> scopes = List.of();

  @Option(names = "--json", description = "Print JSON, the token in it.")
  private boolean json;

  TokenCreateCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    JsonObject made = new AccountApi(loggedIn(settings())).newToken(name, days, scopes);
    String secret = Json.required(made, "token");
    if (json) {
      printJson(made);
      return ExitCode.DONE;
    }
    terminal.line(Terminal.clean(secret));
    String expiry = Json.text(made, "expires_at");
    terminal.note(
        "Made the token "
            + name
            + " ("
            + String.join(", ", Json.texts(made, "scopes"))
            + (expiry == null ? "" : "; until " + expiry)
            + "). It is not shown again.");
    return ExitCode.DONE;
  }
}
