package org.mdlibs.cli;

import com.google.gson.JsonObject;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a team that has no version any more. */
@picocli.CommandLine.Command(
    name = "delete",
    description = "Delete a team that has no libraries. Asks first.",
    footerHeading = "%nExamples:%n",
    footer = {"  mdlibs team delete platform", "  mdlibs team delete platform --yes"})
final class TeamDeleteCommand extends OnlineCommand {
  @Parameters(paramLabel = "NAME", description = "Its name.")
  private String name;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TeamDeleteCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    if (!yes) {
      terminal.requirePerson();
    }
    var api = new TeamApi(loggedIn(settings()));
    String id = api.id(name);
    if (!yes) {
      terminal.confirm("Delete the team " + name + " for good?");
    }
    api.delete(id);
    if (json) {
      var answer = new JsonObject();
      answer.addProperty("id", id);
      answer.addProperty("name", name);
      answer.addProperty("deleted", true);
      printJson(answer);
    } else {
      terminal.tell("Deleted the team " + terminal.bold(Terminal.clean(name)));
    }
    return ExitCode.DONE;
  }
}
