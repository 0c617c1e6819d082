package org.mdlibs.cli;

import com.google.gson.JsonObject;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a team whose first admin is the user. */
@picocli.CommandLine.Command(
    name = "create",
    description = "Make a team; you are its first admin. Its name never changes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs team create platform",
      "  mdlibs team create platform --display-name 'Platform Engineering'"
    })
final class TeamCreateCommand extends OnlineCommand {
  @Parameters(paramLabel = "NAME", description = "Its name, the scope of its libraries.")
  private String name;

  @Option(
      names = "--display-name",
      paramLabel = "D",
      description = "What people call it (default: its name).")
  private String displayName;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TeamCreateCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    JsonObject team = new TeamApi(loggedIn(settings())).create(name, displayName);
    if (json) {
      printJson(team);
    } else {
      String made = Terminal.clean(Json.required(team, "name"));
      terminal.tell("Made the team " + terminal.bold(made));
      terminal.tell("Publish under it: mdlibs publish --scope " + made);
    }
    return ExitCode.DONE;
  }
}
