package org.mdlibs.cli;

import com.google.gson.JsonObject;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a user out of a team; everybody may take himself out. */
@picocli.CommandLine.Command(
    name = "remove",
    description = "Take a user out of a team, or yourself.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs team remove platform bob")
final class TeamRemoveCommand extends OnlineCommand {
  @Parameters(index = "0", paramLabel = "TEAM", description = "The team's name.")
  private String team;

  @Parameters(index = "1", paramLabel = "USER", description = "The user's name.")
  private String user;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TeamRemoveCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    var api = new TeamApi(loggedIn(settings()));
    api.remove(api.id(team), user);
    if (json) {
      var answer = new JsonObject();
      answer.addProperty("team", team);
      answer.addProperty("username", user);
      answer.addProperty("removed", true);
      printJson(answer);
    } else {
      terminal.tell(
          "Removed " + terminal.bold(Terminal.clean(user)) + " from " + Terminal.clean(team));
    }
    return ExitCode.DONE;
  }
}
