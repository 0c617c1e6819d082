package org.mdlibs.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mdlibs.cli.LockFile.Locked;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Updates installed libraries, or shows and titles a document of the library here. */
@picocli.CommandLine.Command(
    name = "update",
    description = {
      "Update installed libraries within the ranges of .mdlibs.toml: all, or those named.",
      "With a document of the library here: show its path, title, lines and words,",
      "or with --title give it another title."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs update",
      "  mdlibs update @ann/notes",
      "  mdlibs update deploying",
      "  mdlibs update docs/deploying.md --title 'How we deploy'"
    })
final class UpdateCommand extends OnlineCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "@scope/name|DOC",
      description = "Libraries, or one document; '.md' and 'docs/' may be left out.")
  private List<String> names = List.of();

  @Option(
      names = "--title",
      paramLabel = "TITLE",
      description = "With a document: replace its first heading of level one, or add one.")
  private String title;

  @Option(
      names = "--path",
      paramLabel = "DIR",
      defaultValue = Installed.FOLDER,
      description = "Where the libraries are (default: ./libraries).")
  private Path path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  UpdateCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    boolean libraries = names.stream().allMatch(n -> n.startsWith("@"));
    if (libraries && title == null) {
      updateLibraries();
      return ExitCode.DONE;
    }
    if (names.size() != 1 || libraries) {
      throw new Failure(
          ExitCode.USAGE,
          libraries ? "--title is for a document." : "Name one document, or libraries alone.",
          "See: mdlibs update --help");
    }
    if (!Files.exists(session.directory().resolve(Project.FILE_NAME))) {
      throw new Failure(ExitCode.NOT_FOUND, "There is no library here.", "Make one: mdlibs init");
    }
    Path document = Documents.find(session.directory(), names.get(0));
    if (title != null) {
      retitle(document);
    }
    showDocument(document);
    return ExitCode.DONE;
  }

  private void retitle(Path document) throws IOException {
    String stripped = title.strip();
    if (stripped.isEmpty() || stripped.codePoints().anyMatch(Terminal::isControl)) {
      throw new Failure(
          ExitCode.USAGE, "A title is one line of text.", "Give: --title 'How we deploy'");
    }
    byte[] bytes = Files.readAllBytes(document);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Failure(
          ExitCode.FAILED,
          document + " is not UTF-8.",
          "Save it as UTF-8; nothing was changed.",
          e);
    }
    String changed = Markdown.retitle(text, stripped);
    if (!changed.equals(text)) {
      AtomicFile.write(document, changed);
    }
  }

  private void showDocument(Path document) throws IOException {
    List<String> lines = Documents.lines(document);
    String name = session.directory().relativize(document).toString().replace('\\', '/');
    String shown = Documents.title(document, lines);
    // Words as wc counts them: whatever stands between white space.
    long words =
        lines.stream().mapToLong(l -> l.isBlank() ? 0 : l.strip().split("\\s+").length).sum();
    if (json) {
      var answer = new JsonObject();
      answer.addProperty("path", name);
      answer.addProperty("title", shown);
      answer.addProperty("lines", lines.size());
      answer.addProperty("words", words);
      printJson(answer);
      return;
    }
    terminal.line("path   " + Terminal.clean(name));
    terminal.line("title  " + Terminal.clean(shown));
    terminal.line("lines  " + lines.size());
    terminal.line("words  " + words);
  }

  private void updateLibraries() throws IOException {
    try (Workspace workspace = Workspace.open(this, resolve(path))) {
      Map<Reference, Range> dependencies = workspace.project.dependencies();
      Map<Reference, Range> asked = new TreeMap<>(names.isEmpty() ? dependencies : Map.of());
      for (String name : names) {
        Reference reference = Reference.parse(name);
        if (!dependencies.containsKey(reference)) {
          throw new Failure(
              ExitCode.NOT_FOUND,
              reference + " is no dependency of this project.",
              "Install it: mdlibs install " + reference);
        }
        asked.put(reference, dependencies.get(reference));
      }
      var downloads = new Downloads(this, false);
      var resolver = new Resolver(workspace.lock, downloads, false);
      var wanted = new TreeMap<Reference, Locked>();
      asked.forEach((reference, range) -> resolver.newest(wanted, reference, range));
      var locked = new TreeMap<Reference, Locked>();
      workspace.lock.all().forEach(l -> locked.put(l.reference(), l));
      Map<Reference, Locked> before = Map.copyOf(locked);
      locked.putAll(wanted);
      List<Locked> missing =
          wanted.values().stream().filter(l -> !workspace.installer.has(l)).toList();
      workspace.change(downloads.fetch(missing), List.of(), locked, false);
      showLibraries(wanted, before);
    }
  }

  private void showLibraries(Map<Reference, Locked> wanted, Map<Reference, Locked> before) {
    var libraries = new JsonArray();
    for (Locked library : wanted.values()) {
      Locked old = before.get(library.reference());
      boolean changed = !library.equals(old);
      var item = new JsonObject();
      item.addProperty("name", library.reference().toString());
      if (old != null) {
        item.addProperty("from", old.version().toString());
      }
      item.addProperty("version", library.version().toString());
      item.addProperty("updated", changed);
      libraries.add(item);
      if (!json && changed) {
        String from = old == null ? "" : " from " + old.version();
        terminal.tell(terminal.green("updated") + " " + library + from);
      } else if (!json) {
        terminal.tell("newest already " + library);
      }
    }
    if (json) {
      var answer = new JsonObject();
      answer.add("libraries", libraries);
      printJson(answer);
    } else if (wanted.isEmpty()) {
      terminal.tell("There is nothing to update: .mdlibs.toml names no dependencies.");
    }
  }
}
