package org.mdlibs.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Lists the documents of the library here, or what is installed here. */
@picocli.CommandLine.Command(
    name = "list",
    description = "List the markdown documents of the library here, or what is installed here.",
    footerHeading = "%nExamples:%n",
    footer = {"  mdlibs list --filter deploy", "  mdlibs list --installed --json"})
final class ListCommand extends Command {
  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only those whose path or title contains this, whatever its case.")
  private String filter;

  @Option(names = "--installed", description = "List the installed libraries.")
  private boolean installed;

  @Option(
      names = "--path",
      paramLabel = "DIR",
      defaultValue = Installed.FOLDER,
      description = "With --installed: where they are (default: ./libraries).")
  private Path path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ListCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    return installed ? listInstalled() : listDocuments();
  }

  private int listDocuments() throws IOException {
    if (!Files.exists(session.directory().resolve(Project.FILE_NAME))) {
      throw new Failure(ExitCode.NOT_FOUND, "There is no library here.", "Make one: mdlibs init");
    }
    var documents = new JsonArray();
    var table = new Table("KIND", "PATH", "TITLE");
    Documents.visit(
        session.directory(),
        document -> {
          if (!matches(document.path()) && !matches(document.title())) {
            return;
          }
          String kind = document.template() ? "template" : "document";
          var item = new JsonObject();
          item.addProperty("path", document.path());
          item.addProperty("title", document.title());
          item.addProperty("kind", kind);
          documents.add(item);
          table.row(kind, document.path(), document.title());
        },
        terminal::warn);
    show("documents", documents, table, "There are no such documents.");
    return ExitCode.DONE;
  }

  private int listInstalled() throws IOException {
    var libraries = new JsonArray();
    var table = new Table("LIBRARY", "VERSION", "INSTALLED", "PLACE");
    for (Installed library : Installed.allIn(resolve(path))) {
      if (!matches(library.reference().toString())) {
        continue;
      }
      var item = new JsonObject();
      item.addProperty("name", library.reference().toString());
      item.addProperty("version", library.version());
      item.addProperty("path", library.place().toString());
      item.addProperty("installed_at", library.installedAt());
      item.addProperty("registry", library.registry());
      item.addProperty("checksum", library.checksum());
      libraries.add(item);
      table.row(
          library.reference().toString(),
          library.version(),
          library.installedAt(),
          session.directory().relativize(library.place()).toString());
    }
    show("libraries", libraries, table, "No library is installed here.");
    return ExitCode.DONE;
  }

  private boolean matches(String text) {
    return text.toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT));
  }

  private void show(String name, JsonArray items, Table table, String none) {
    if (json) {
      var answer = new JsonObject();
      answer.add(name, items);
      printJson(answer);
    } else if (items.isEmpty()) {
      terminal.line(none);
    } else {
      table.print(terminal);
    }
  }
}
