package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.tomlj.MutableTomlTable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a library: {@code .mdlibs.toml}, {@code docs/README.md}, {@code templates/}. */
@picocli.CommandLine.Command(
    name = "init",
    description = "Make a library in a folder; where one exists, nothing changes.",
    footerHeading = "%nExamples:%n",
    footer = {"  mdlibs init", "  mdlibs init my-docs"})
final class InitCommand extends Command {
  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      defaultValue = ".",
      description = "The folder (default: the current one); made when it is not there.")
  private Path path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  InitCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    Path folder = resolve(path);
    Path manifest = folder.resolve(Project.FILE_NAME);
    boolean created = !Files.exists(manifest);
    String name = name(String.valueOf(folder.getFileName()));
    if (created) {
      var library = MutableTomlTable.create();
      library.set("name", name);
      library.set("version", "1.0.0");
      library.set("description", "Documentation of " + name);
      library.set("tags", List.of("documentation"));
      var toml = MutableTomlTable.create();
      toml.set("library", library);
      Path readme = folder.resolve("docs").resolve("README.md");
      Files.createDirectories(readme.getParent());
      Files.createDirectories(folder.resolve("templates"));
      if (!Files.exists(readme)) {
        AtomicFile.write(readme, "# " + name + "\n");
      }
      // Last, for it is what makes the folder a library.
      AtomicFile.write(manifest, toml.toToml());
    }
    if (json) {
      var answer = new JsonObject();
      answer.addProperty("path", folder.toString());
      answer.addProperty("created", created);
      printJson(answer);
    } else if (created) {
      terminal.tell(
          "Made the library " + terminal.bold(name) + " in " + Terminal.clean("" + folder));
      terminal.tell("Write documents in docs/, then publish them: mdlibs publish");
    } else {
      terminal.tell(Terminal.clean(folder + " is a library already; nothing was changed."));
    }
    return ExitCode.DONE;
  }

  /** The nearest legal library name to a folder's name. */
  static String name(String folder) {
    String ascii = Normalizer.normalize(folder, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
    String name =
        ascii.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    if (name.length() > 64) {
      name = name.substring(0, 64).replaceAll("-$", "");
    }
    if (name.isEmpty()) {
      return "my-docs";
    }
    return name.length() < 3 ? name + "-docs" : name;
  }
}
