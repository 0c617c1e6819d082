package org.mdlibs.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mdlibs.cli.LockFile.Locked;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes installed libraries, from the lock and the manifest too. */
@picocli.CommandLine.Command(
    name = "uninstall",
    description = "Remove installed libraries, from .mdlibs.toml and mdlibs.lock too.",
    footerHeading = "%nExamples:%n",
    footer = {"  mdlibs uninstall @ann/notes", "  mdlibs uninstall @ann/notes @bob/guides --json"})
final class UninstallCommand extends Command {
  @Parameters(arity = "1..*", paramLabel = "@scope/name", description = "What to remove.")
  private List<String> references;

  @Option(
      names = "--path",
      paramLabel = "DIR",
      defaultValue = Installed.FOLDER,
      description = "Where they are (default: ./libraries).")
  private Path path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  UninstallCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    var gone = new TreeSet<Reference>();
    references.forEach(text -> gone.add(Reference.parse(text)));
    try (Workspace workspace = Workspace.open(this, resolve(path))) {
      var locked = new TreeMap<Reference, Locked>();
      workspace.lock.all().forEach(l -> locked.put(l.reference(), l));
      boolean depended = false;
      for (Reference reference : gone) {
        boolean dependency = workspace.project.dependencies().containsKey(reference);
        boolean wasLocked = locked.remove(reference) != null;
        boolean known = dependency || wasLocked;
        if (!known && workspace.installer.installed(reference).isEmpty()) {
          throw new Failure(
              ExitCode.NOT_FOUND,
              reference + " is not installed here.",
              "See what is: mdlibs list --installed");
        }
        workspace.installer.freePlace(reference);
        workspace.project.forget(reference);
        depended |= dependency;
      }
      workspace.change(Map.of(), List.copyOf(gone), locked, depended);
    }
    if (json) {
      var removed = new JsonArray();
      gone.forEach(reference -> removed.add(reference.toString()));
      var answer = new JsonObject();
      answer.add("removed", removed);
      printJson(answer);
    } else {
      gone.forEach(reference -> terminal.tell("removed " + reference));
    }
    return ExitCode.DONE;
  }
}
