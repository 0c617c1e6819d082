package org.mdlibs.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mdlibs.cli.LockFile.Locked;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Installs libraries into {@code ./libraries}.
 *
 * <p>In this order, so that a failure leaves the project as it was: what is asked for is resolved
 * to exact versions; every archive is downloaded and its SHA-256 checked; each library is unpacked
 * beside its place; then libraries, lock and manifest change together ({@link Installation}).
 */
@picocli.CommandLine.Command(
    name = "install",
    description = {
      "Install libraries; without a reference, what mdlibs.lock and .mdlibs.toml say.",
      "Ranges are npm's: 1.2.3, ^1.2, ~1.2.3, '>=1 <2', 1.x, latest."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs install @ann/notes",
      "  mdlibs install @ann/notes@^1.2 @bob/guides@2.0.0",
      "  mdlibs install --frozen --offline"
    })
final class InstallCommand extends OnlineCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "@scope/name[@range]",
      description = "What to install; without a range the latest version.")
  private List<String> references = List.of();

  @Option(
      names = "--path",
      paramLabel = "DIR",
      defaultValue = Installed.FOLDER,
      description = "Where to (default: ./libraries).")
  private Path path;

  @Option(names = "--frozen", description = "Fail when mdlibs.lock would change.")
  private boolean frozen;

  @Option(names = "--offline", description = "Use what is cached; never the network.")
  private boolean offline;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  InstallCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    try (Workspace workspace = Workspace.open(this, resolve(path))) {
      return install(workspace);
    }
  }

  private int install(Workspace workspace) throws IOException {
    LockFile lock = workspace.lock;
    var downloads = new Downloads(this, offline);
    var resolver = new Resolver(lock, downloads, frozen);
    Map<Reference, Locked> wanted = new TreeMap<>();
    Map<Reference, Locked> locked = new TreeMap<>();
    if (references.isEmpty()) {
      Map<Reference, Range> dependencies = workspace.project.dependencies();
      if (!workspace.project.exists()) {
        lock.all().forEach(l -> wanted.put(l.reference(), l));
      }
      dependencies.forEach((reference, range) -> resolver.resolve(wanted, reference, range));
    } else {
      lock.all().forEach(l -> locked.put(l.reference(), l));
      for (String text : references) {
        Reference.Wanted asked = Reference.parseWanted(text);
        Range range = Range.parse(asked.range() == null ? Range.LATEST : asked.range());
        Locked resolved = resolver.fresh(wanted, asked.reference(), range);
        workspace.project.depend(asked.reference(), range.isLatest() ? caret(resolved) : range);
      }
    }
    locked.putAll(wanted);
    if (frozen && lock.differsFrom(locked)) {
      throw new Failure(
          ExitCode.FAILED,
          "mdlibs.lock would change: " + changes(lock, locked),
          "Install without --frozen, look at the change, and commit it.");
    }
    List<Locked> missing =
        wanted.values().stream().filter(l -> !workspace.installer.has(l)).toList();
    workspace.change(
        downloads.fetch(missing), gone(lock, locked), locked, !references.isEmpty() && !frozen);
    show(workspace.installer, wanted, missing);
    return ExitCode.DONE;
  }

  /** What is written down for a library that was asked for without a range. */
  private static Range caret(Locked resolved) {
    return Range.parse("^" + resolved.version().key());
  }

  private static String changes(LockFile lock, Map<Reference, Locked> wanted) {
    var changes = new ArrayList<String>();
    wanted.forEach(
        (reference, library) -> {
          if (!lock.find(reference).filter(library::equals).isPresent()) {
            changes.add(library.toString());
          }
        });
    gone(lock, wanted).forEach(library -> changes.add(library + " is no dependency any more"));
    return String.join(", ", changes);
  }

  /** What leaves the lock. */
  private static List<Reference> gone(LockFile lock, Map<Reference, Locked> wanted) {
    return lock.all().stream()
        .map(Locked::reference)
        .filter(reference -> !wanted.containsKey(reference))
        .toList();
  }

  private void show(Installer installer, Map<Reference, Locked> wanted, List<Locked> fresh) {
    if (json) {
      var array = new JsonArray();
      for (Locked library : wanted.values()) {
        var item = new JsonObject();
        item.addProperty("name", library.reference().toString());
        item.addProperty("version", library.version().toString());
        item.addProperty("registry", library.registry());
        item.addProperty("checksum", library.checksum());
        item.addProperty("size", library.size());
        item.addProperty("path", installer.place(library.reference()).toString());
        item.addProperty("installed", fresh.contains(library));
        array.add(item);
      }
      var answer = new JsonObject();
      answer.add("libraries", array);
      printJson(answer);
      return;
    }
    if (wanted.isEmpty()) {
      terminal.tell("There is nothing to install: .mdlibs.toml names no dependencies.");
    }
    for (Locked library : wanted.values()) {
      Path place = session.near(installer.place(library.reference()));
      terminal.tell(
          fresh.contains(library)
              ? terminal.green("installed")
                  + " "
                  + library
                  + " in "
                  + Terminal.clean(place.toString())
                  + " ("
                  + Progress.size(library.size())
                  + ")"
              : "already installed " + library);
    }
  }
}
