package org.mdlibs.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mdlibs.registry.name.Scope;
import picocli.CommandLine.Option;

/** Shows the registries that have a name, and which one is talked to here. */
@picocli.CommandLine.Command(
    name = "list",
    description = "Show the registries; a star marks the one that is talked to here.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs registry list --json")
final class RegistryListCommand extends Command {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  RegistryListCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    var settings = new Settings(session, Settings.Flags.NONE);
    Registry current = settings.registry();
    Map<String, Registry> registries = settings.registries();
    for (String scope : settings.scopes().keySet()) {
      Registry there = settings.registry(Scope.parse(scope));
      if (registries.values().stream().noneMatch(r -> r.url().equals(there.url()))) {
        registries.put(there.name(), there);
      }
    }
    if (registries.values().stream().noneMatch(r -> r.url().equals(current.url()))) {
      registries.put(current.name(), current);
    }
    if (json) {
      var array = new JsonArray();
      for (Registry registry : registries.values()) {
        var item = new JsonObject();
        item.addProperty("name", registry.name());
        item.addProperty("url", registry.toString());
        item.addProperty("source", registry.source().name().toLowerCase(Locale.ROOT));
        item.addProperty("default", registry.url().equals(current.url()));
        item.add("scopes", Json.array(scopes(settings, registry)));
        array.add(item);
      }
      var answer = new JsonObject();
      answer.add("registries", array);
      printJson(answer);
      return ExitCode.DONE;
    }
    var table = new Table("", "NAME", "URL", "FROM", "SCOPES");
    for (Registry registry : registries.values()) {
      table.row(
          registry.url().equals(current.url()) ? "*" : "",
          registry.name(),
          registry.toString(),
          switch (registry.source()) {
            case FLAG -> "flag";
            case ENVIRONMENT -> "MDLIBS_REGISTRY_URL";
            case PROJECT -> Project.FILE_NAME;
            case USER -> "config.toml";
            case BUILT_IN -> "built in";
          },
          String.join(",", scopes(settings, registry)));
    }
    table.print(terminal);
    return ExitCode.DONE;
  }

  private static List<String> scopes(Settings settings, Registry registry) {
    return settings.scopes().keySet().stream()
        .filter(scope -> settings.registry(Scope.parse(scope)).url().equals(registry.url()))
        .toList();
  }
}
