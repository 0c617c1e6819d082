package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.util.List;
import picocli.CommandLine.Option;

/** Shows the teams that the user is in. */
@picocli.CommandLine.Command(
    name = "list",
    description = "Show the teams that you are in.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs team list --json")
final class TeamListCommand extends OnlineCommand {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TeamListCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    JsonObject answer = new TeamApi(loggedIn(settings())).teams();
    if (json) {
      printJson(answer);
      return ExitCode.DONE;
    }
    List<JsonObject> teams = Json.objects(answer, "teams");
    if (teams.isEmpty()) {
      terminal.line("You are in no team.");
      return ExitCode.DONE;
    }
    var table = new Table("TEAM", "ROLE", "MEMBERS", "LIBRARIES", "DISPLAY NAME");
    for (JsonObject team : teams) {
      table.row(
          Json.text(team, "name"),
          Json.text(team, "role"),
          String.valueOf(Json.number(team, "members_count")),
          String.valueOf(Json.number(team, "libraries_count")),
          Json.text(team, "display_name"));
    }
    table.print(terminal);
    return ExitCode.DONE;
  }
}
