package org.mdlibs.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a user into a team, or gives a member another role. */
@picocli.CommandLine.Command(
    name = "add",
    description = "Put a user into a team, or give a member another role.",
    footerHeading = "%nExamples:%n",
    footer = {"  mdlibs team add platform bob", "  mdlibs team add platform bob --role admin"})
final class TeamAddCommand extends OnlineCommand {
  @Parameters(index = "0", paramLabel = "TEAM", description = "The team's name.")
  private String team;

  @Parameters(index = "1", paramLabel = "USER", description = "The user's name.")
  private String user;

  @Option(
      names = "--role",
      paramLabel = "member|admin",
      defaultValue = "member",
      description = "What he may do (default: member).")
  private Role role;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** As the contract writes them. */
  enum Role {
    member,
    admin
  }

  TeamAddCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    var api = new TeamApi(loggedIn(settings()));
    TeamApi.Placed placed = api.place(api.id(team), user, role.name());
    if (json) {
      printJson(placed.member());
      return ExitCode.DONE;
    }
    String who = terminal.bold(Terminal.clean(Json.required(placed.member(), "username")));
    String what = Terminal.clean(Json.required(placed.member(), "role"));
    String where = Terminal.clean(team);
    terminal.tell(
        placed.isNew()
            ? "Added " + who + " to " + where + " as " + what
            : who + " is now " + what + " of " + where);
    return ExitCode.DONE;
  }
}
