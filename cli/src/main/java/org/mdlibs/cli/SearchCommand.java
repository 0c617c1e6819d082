package org.mdlibs.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches the registry, or with {@code --local} the documents of the library here. */
@picocli.CommandLine.Command(
    name = "search",
    description = "Search the registry, or with --local the documents of the library here.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs search kubernetes",
      "  mdlibs search notes --tag api --sort downloads --limit 5",
      "  mdlibs search '连接' --local"
    })
final class SearchCommand extends OnlineCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "QUERY",
      description = "Words; all must occur, the last one may be a beginning.")
  private String query;

  @Option(names = "--tag", paramLabel = "TAG", description = "Only with this tag; may repeat.")
  private List<String> tags = List.of();

  @Option(names = "--scope", paramLabel = "SCOPE", description = "Only of this user or team.")
  private String scope;

  @Option(names = "--license", paramLabel = "SPDX", description = "Only with this licence.")
  private String license;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      description = "relevance, name, downloads, updated_at or created_at.")
  private String sort;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most this many, 1 to 100 (default: 20).")
  private int limit;

  @ArgGroup(exclusive = false)
  private Local local;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  static final class Local {
    @Option(names = "--local", required = true, description = "Search the documents here.")
    boolean local;

    @Option(names = "--title-only", description = "With --local: look at titles alone.")
    boolean titleOnly;
  }

  SearchCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    return local == null ? searchRegistry() : searchHere();
  }

  private int searchRegistry() {
    if (limit < 1 || limit > 100) {
      throw new Failure(ExitCode.USAGE, "--limit is " + limit + ".", "Give 1 to 100.");
    }
    Settings settings = settings();
    var parameters = new ArrayList<String>();
    parameters.addAll(Arrays.asList("q", query, "scope", scope, "license", license));
    parameters.addAll(Arrays.asList("sort", sort, "per_page", String.valueOf(limit)));
    for (String tag : tags) {
      parameters.addAll(List.of("tag", tag));
    }
    JsonObject found =
        api(settings, settings.registryOf(scope)).search(parameters.toArray(String[]::new));
    if (json) {
      printJson(found);
      return ExitCode.DONE;
    }
    List<JsonObject> libraries = Json.objects(found, "libraries");
    if (libraries.isEmpty()) {
      terminal.line("Nothing was found.");
      return ExitCode.DONE;
    }
    var table = new Table("LIBRARY", "VERSION", "DOWNLOADS", "TAGS", "DESCRIPTION");
    for (JsonObject library : libraries) {
      table.row(
          "@" + Json.text(library, "scope") + "/" + Json.text(library, "name"),
          Json.text(library, "latest_version"),
          String.valueOf(Json.number(library, "downloads")),
          String.join(",", Json.texts(library, "tags")),
          Json.text(library, "description"));
    }
    table.print(terminal);
    long total = Json.number(found, "total");
    if (total > libraries.size()) {
      String more = Json.flag(found, "total_is_capped") ? "more than " + total : "" + total;
      terminal.line(terminal.faint("The first " + libraries.size() + " of " + more + "."));
    }
    return ExitCode.DONE;
  }

  private int searchHere() throws IOException {
    if (query == null || query.isBlank()) {
      throw new Failure(ExitCode.USAGE, "The text to look for is missing.", "Name it.");
    }
    String wanted = fold(query);
    var answer = new JsonArray();
    Documents.visit(
        session.directory(), document -> searchIn(document, wanted, answer), terminal::warn);
    if (json) {
      var object = new JsonObject();
      object.add("matches", answer);
      printJson(object);
    } else if (answer.isEmpty()) {
      terminal.line("Nothing was found.");
    }
    return ExitCode.DONE;
  }

  private void searchIn(Documents.Document document, String wanted, JsonArray answer) {
    if (local.titleOnly) {
      if (fold(document.title()).contains(wanted)) {
        hit(answer, document, 0, document.title());
      }
      return;
    }
    List<String> lines = document.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (fold(lines.get(i)).contains(wanted)) {
        hit(answer, document, i + 1, lines.get(i).strip());
      }
    }
  }

  private void hit(JsonArray answer, Documents.Document document, int line, String text) {
    if (json) {
      var hit = new JsonObject();
      hit.addProperty("path", document.path());
      hit.addProperty("title", document.title());
      if (line > 0) {
        hit.addProperty("line", line);
        hit.addProperty("text", text);
      }
      answer.add(hit);
      return;
    }
    answer.add(line);
    String place = Terminal.clean(document.path()) + (line > 0 ? ":" + line : "");
    terminal.line(terminal.green(place) + ": " + Terminal.clean(text));
  }

  /** Ignores case also where upper case tells apart what lower case does not, and the reverse. */
  private static String fold(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
