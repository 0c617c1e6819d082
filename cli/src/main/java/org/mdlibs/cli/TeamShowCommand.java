package org.mdlibs.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a team and who is in it. */
@picocli.CommandLine.Command(
    name = "show",
    description = "Show a team and who is in it.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs team show platform")
final class TeamShowCommand extends OnlineCommand {
  @Parameters(paramLabel = "NAME", description = "Its name.")
  private String name;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TeamShowCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    var api = new TeamApi(loggedIn(settings()));
    String id = api.id(name);
    JsonObject team = api.team(id);
    List<JsonObject> members = api.members(id);
    if (json) {
      var array = new JsonArray();
      members.forEach(array::add);
      team.add("members", array);
      printJson(team);
      return ExitCode.DONE;
    }
    terminal.line(terminal.bold(Terminal.clean(Json.required(team, "name"))));
    line("display name", Json.text(team, "display_name"));
    line("id", Json.text(team, "id"));
    line("your role", Json.text(team, "role"));
    line("libraries", Json.text(team, "libraries_count"));
    line("storage", storage(Json.object(team, "storage")));
    line("created", Json.text(team, "created_at"));
    terminal.line("");
    var table = new Table("MEMBER", "ROLE", "SINCE");
    for (JsonObject member : members) {
      table.row(
          Json.text(member, "username"), Json.text(member, "role"), Json.text(member, "joined_at"));
    }
    table.print(terminal);
    return ExitCode.DONE;
  }

  private static String storage(JsonObject storage) {
    if (!storage.has("used_bytes")) {
      return null;
    }
    String used = Progress.size(Json.number(storage, "used_bytes"));
    return storage.has("quota_bytes")
        ? used + " of " + Progress.size(Json.number(storage, "quota_bytes"))
        : used;
  }

  private void line(String label, String value) {
    if (value != null && !value.isEmpty()) {
      terminal.line(terminal.faint(String.format("%-12s", label)) + " " + Terminal.clean(value));
    }
  }
}
