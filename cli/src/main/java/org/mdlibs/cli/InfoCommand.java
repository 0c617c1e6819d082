package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a library and its versions, or one version. */
@picocli.CommandLine.Command(
    name = "info",
    description = "Show a library and its versions, or one version.",
    footerHeading = "%nExamples:%n",
    footer = {"  mdlibs info @ann/notes", "  mdlibs info @ann/notes@1.2.0 --json"})
final class InfoCommand extends OnlineCommand {
  @Parameters(paramLabel = "@scope/name[@version]", description = "The library or version.")
  private String reference;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  InfoCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Reference.Wanted wanted = Reference.parseWanted(reference);
    Settings settings = settings();
    RegistryApi api = api(settings, settings.registry(wanted.reference().scope()));
    if (wanted.range() == null) {
      show(wanted.reference().toString(), api.library(wanted.reference()));
      return ExitCode.DONE;
    }
    Range range = Range.parse(wanted.range());
    if (!range.isLatest() && range.exact().isEmpty()) {
      throw new Failure(
          ExitCode.USAGE,
          "'" + wanted.range() + "' is a range, not a version.",
          "Name one version, or 'latest'.");
    }
    RegistryApi.VersionDetails version =
        api.version(wanted.reference(), range.exact().map(Object::toString).orElse(Range.LATEST));
    show(wanted.reference().at(version.version().toString()), version.json());
    return ExitCode.DONE;
  }

  private void show(String title, JsonObject details) {
    if (json) {
      printJson(details);
      return;
    }
    terminal.line(terminal.bold(title));
    line("description", Json.text(details, "description"));
    line("latest", Json.text(details, "latest_version"));
    line("licence", Json.text(details, "license"));
    line("tags", String.join(", ", Json.texts(details, "tags")));
    line("visibility", Json.text(details, "visibility"));
    line("deprecated", Json.text(details, "deprecation"));
    if (details.has("size")) {
      line("size", Progress.size(Json.number(details, "size")));
    }
    line("checksum", Json.text(details, "checksum"));
    line("created", Json.text(details, "created_at"));
    line("updated", Json.text(details, "updated_at"));
    line("yanked", Json.flag(details, "yanked") ? "yes" : null);
    line("downloads", downloads(details));
    List<JsonObject> versions = Json.objects(details, "versions");
    if (!versions.isEmpty()) {
      terminal.line("");
      var table = new Table("VERSION", "SIZE", "CREATED", "DOWNLOADS", "");
      for (JsonObject version : versions) {
        table.row(
            Json.text(version, "version"),
            Progress.size(Json.number(version, "size")),
            Json.text(version, "created_at"),
            String.valueOf(Json.number(version, "downloads")),
            Json.flag(version, "yanked") ? "yanked" : "");
      }
      table.print(terminal);
    }
  }

  private static String downloads(JsonObject details) {
    String total = Json.text(details, "total_downloads");
    return total == null ? Json.text(details, "downloads") : total;
  }

  private void line(String label, String value) {
    if (value != null && !value.isEmpty()) {
      terminal.line(terminal.faint(String.format("%-11s", label)) + " " + Terminal.clean(value));
    }
  }
}
