package org.mdlibs.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdlibs.registry.archive.ArchiveLimits;
import org.mdlibs.registry.archive.Archives;
import org.mdlibs.registry.archive.Manifest;
import org.tomlj.TomlParseResult;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Packs a library, checks it by the server's own rules, and sends it.
 *
 * <p>The form carries only what the manifest cannot say (scope, visibility); name, version and the
 * rest are read by the server from the packed manifest, into which the flags have been written. So
 * the two cannot disagree.
 */
@picocli.CommandLine.Command(
    name = "publish",
    description = "Pack a library, check it, and publish it as a new version.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs publish --dry-run",
      "  mdlibs publish --version 1.1.0 --tags api,guide",
      "  mdlibs publish --version 1.1.0 --quiet",
      "  mdlibs publish docs/handbook --scope platform --visibility private"
    })
final class PublishCommand extends OnlineCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The library's folder (default: the current one).")
  private Path folder;

  @Option(names = "--scope", paramLabel = "TEAM", description = "Publish under this team.")
  private String scope;

  @Option(
      names = "--visibility",
      paramLabel = "public|private",
      description = "Who may see the library, when it is new.")
  private String visibility;

  @Option(names = "--version", paramLabel = "V", description = "Instead of the manifest's.")
  private String version;

  @Option(names = "--description", paramLabel = "D", description = "Instead of the manifest's.")
  private String description;

  @Option(
      names = "--tags",
      paramLabel = "a,b",
      split = ",",
      description = "Instead of the manifest's.")
  private List<String> tags;

  @Option(
      names = "--dry-run",
      description = "List what would be sent and ask for the registry's verdict; store nothing.")
  private boolean dryRun;

  @Option(
      names = "--allow-secrets",
      description = "Publish also what looks like a private key or a token.")
  private boolean allowSecrets;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PublishCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    Path root = resolve(folder);
    Path manifestFile = root.resolve(Project.FILE_NAME);
    if (!Files.exists(manifestFile)) {
      throw new Failure(
          ExitCode.FAILED,
          "There is no library in " + root + ".",
          "Make its " + Project.FILE_NAME + ": mdlibs init");
    }
    String manifestText = manifestWithFlags(manifestFile);
    // A dry run leaves the checks to the registry, which tells all faults together.
    Named named = dryRun ? new Named("library", "0") : named(manifestText);

    Path temporary = Files.createTempDirectory("mdlibs-publish-");
    try {
      Path archive = temporary.resolve(dryRun ? "library.tar.gz" : named + ".tar.gz");
      Packer.Selection selection = Packer.collect(root);
      selection
          .hidden()
          .forEach(f -> terminal.warn(f + " is left out: its name starts with a dot"));
      List<Packer.Packed> files = selection.files();
      if (!allowSecrets) {
        Secrets.refuse(files, manifestText, terminal);
      }
      try (OutputStream out = Files.newOutputStream(archive)) {
        Packer.pack(files, manifestText, out);
      }
      if (!dryRun) {
        Archives.inspect(archive, ArchiveLimits.DEFAULT).orThrow();
      } else if (!json) {
        list(files, archive);
      }
      JsonObject answer = send(archive, named);
      if (dryRun) {
        return verdict(answer, files);
      }
      show(answer, archive);
    } finally {
      Installer.delete(temporary);
    }
    return ExitCode.DONE;
  }

  /** The manifest's text with the flags written into it; everything else stays as it is. */
  private String manifestWithFlags(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new Failure(ExitCode.FAILED, file + " is not UTF-8.", "Save it as UTF-8.", e);
    }
    if (version == null && description == null && tags == null) {
      return text;
    }
    TomlParseResult toml = TomlFile.parse(text, file);
    if (version != null) {
      toml.set(List.of("library", "version"), version);
    }
    if (description != null) {
      toml.set(List.of("library", "description"), description);
    }
    if (tags != null) {
      toml.set(List.of("library", "tags"), tags);
    }
    return toml.toToml();
  }

  /** What the manifest calls the library and its version. */
  private record Named(String name, String version) {
    @Override
    public String toString() {
      return name + "-" + version;
    }
  }

  private static Named named(String manifestText) {
    Manifest manifest = Manifest.parse(manifestText);
    return new Named(required(manifest.name(), "name"), required(manifest.version(), "version"));
  }

  private static String required(Optional<?> value, String key) {
    return value
        .map(Object::toString)
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.FAILED,
                    Project.FILE_NAME + " has no '" + key + "' in [library].",
                    "Add it" + (key.equals("version") ? ", or give --version." : ".")));
  }

  private JsonObject send(Path archive, Named named) throws IOException {
    Settings settings = settings();
    Http http = loggedIn(settings, settings.registryOf(scope));
    Map<String, String> fields = new LinkedHashMap<>();
    if (scope != null) {
      fields.put("scope", printable("--scope", scope));
    }
    if (visibility != null) {
      fields.put("visibility", printable("--visibility", visibility));
    }
    String fileName = archive.getFileName().toString();
    try (var progress = new Progress(terminal, "Publishing", Files.size(archive))) {
      var form = new MultipartBody(fields, fileName, archive, progress);
      return dryRun
          ? new RegistryApi(http).publish(form, true)
          : new Delivery(http, scope, named.name(), named.version()).send(form, archive);
    }
  }

  /** A field of the form stands between line ends, so it must not bring one. */
  private static String printable(String option, String value) {
    if (!value.matches("[!-~]{1,100}")) {
      throw new Failure(
          ExitCode.USAGE, option + " is '" + value + "'.", "Take printable ASCII characters.");
    }
    return value;
  }

  private void list(List<Packer.Packed> files, Path archive) throws IOException {
    var table = new Table("SIZE", "FILE");
    files.forEach(f -> table.row(Progress.size(f.size()), f.path()));
    table.print(terminal);
    terminal.line(files.size() + " files, packed " + Progress.size(Files.size(archive)));
  }

  /** Tells what the registry would do; it tells every fault at once. */
  private int verdict(JsonObject answer, List<Packer.Packed> files) {
    List<JsonObject> faults = Json.objects(answer, "faults");
    if (json) {
      var packed = new JsonArray();
      for (Packer.Packed file : files) {
        var item = new JsonObject();
        item.addProperty("path", file.path());
        item.addProperty("size", file.size());
        packed.add(item);
      }
      // Beside the registry's own count of them.
      answer.add("packed_files", packed);
      printJson(answer);
    } else if (faults.isEmpty()) {
      terminal.line(terminal.green("ok:") + " the registry would take " + reference(answer));
    }
    if (faults.isEmpty()) {
      return ExitCode.DONE;
    }
    for (JsonObject fault : faults) {
      terminal.note(Json.text(fault, "detail") + " (" + Json.text(fault, "code") + ")");
    }
    throw new Failure(
        ExitCode.FAILED,
        "The registry would refuse this library: "
            + (faults.size() == 1 ? "1 fault." : faults.size() + " faults."),
        "Mend it and try again.");
  }

  private void show(JsonObject answer, Path archive) throws IOException {
    if (json) {
      printJson(answer);
      return;
    }
    String done = Json.flag(answer, "already_published") ? "already published" : "published";
    terminal.tell(terminal.green(done) + " " + terminal.bold(reference(answer)));
    terminal.tell("size      " + Progress.size(Files.size(archive)));
    terminal.tell("checksum  " + Terminal.clean(Json.required(answer, "checksum")));
  }

  private static String reference(JsonObject answer) {
    return Terminal.clean(
        "@"
            + Json.required(answer, "scope")
            + "/"
            + Json.required(answer, "name")
            + "@"
            + Json.required(answer, "version"));
  }
}
