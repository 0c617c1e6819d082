package org.mdlibs.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mdlibs.cli.LockFile.Locked;
import org.mdlibs.registry.name.Version;
import picocli.CommandLine.Option;

/** Tells of which installed libraries there is something newer. */
@picocli.CommandLine.Command(
    name = "outdated",
    description = {
      "Show of which libraries there is something newer.",
      "WANTED is the newest in the range of .mdlibs.toml, LATEST the newest of all."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  mdlibs outdated", "  mdlibs outdated --all --json"})
final class OutdatedCommand extends OnlineCommand {
  @Option(names = "--all", description = "Those too that nothing is newer of.")
  private boolean all;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  OutdatedCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws IOException {
    Map<Reference, Range> dependencies = new Project(session.directory()).dependencies();
    var lock = new LockFile(session.directory());
    var rows = new TreeMap<Reference, Range>();
    lock.all().forEach(l -> rows.put(l.reference(), Range.parse("=" + l.version())));
    rows.putAll(dependencies);
    var downloads = new Downloads(this, false);
    var libraries = new JsonArray();
    var table = new Table("LIBRARY", "CURRENT", "WANTED", "LATEST", "RANGE");
    for (Map.Entry<Reference, Range> row : rows.entrySet()) {
      Reference reference = row.getKey();
      Optional<Locked> locked = lock.find(reference);
      RegistryApi api = locked.map(downloads::apiOf).orElseGet(() -> downloads.api(reference));
      List<Version> versions = api.versions(reference);
      Optional<Version> current = locked.map(Locked::version);
      Optional<Version> wanted = newer(current, row.getValue(), versions);
      Optional<Version> latest = newer(current, Range.parse(Range.LATEST), versions);
      if (!all && current.equals(wanted) && current.equals(latest)) {
        continue;
      }
      var item = new JsonObject();
      item.addProperty("name", reference.toString());
      current.ifPresent(v -> item.addProperty("current", v.toString()));
      wanted.ifPresent(v -> item.addProperty("wanted", v.toString()));
      latest.ifPresent(v -> item.addProperty("latest", v.toString()));
      item.addProperty("range", row.getValue().toString());
      libraries.add(item);
      table.row(
          reference.toString(),
          text(current),
          text(wanted),
          text(latest),
          row.getValue().toString());
    }
    if (json) {
      var answer = new JsonObject();
      answer.add("libraries", libraries);
      printJson(answer);
    } else if (libraries.isEmpty()) {
      terminal.line("Nothing is outdated.");
    } else {
      table.print(terminal);
    }
    return ExitCode.DONE;
  }

  /** The best of what there is, unless the current one is in the range and newer still. */
  private static Optional<Version> newer(
      Optional<Version> current, Range range, Collection<Version> versions) {
    Optional<Version> best = range.best(versions);
    boolean stays =
        current.filter(range::contains).isPresent()
            && best.filter(b -> b.compareTo(current.get()) > 0).isEmpty();
    return stays ? current : best;
  }

  private static String text(Optional<Version> version) {
    return version.map(Version::toString).orElse("-");
  }
}
