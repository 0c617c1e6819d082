package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.mdlibs.registry.name.Version;
import picocli.CommandLine.Option;

/**
 * Shows the versions of this command line and of the registry, and whether they fit: the same major
 * version (before 1.0.0 the same minor one, by SemVer 2.0.0 §4), and no registry that is older.
 */
@picocli.CommandLine.Command(
    name = "version",
    description = "Show the versions of this command line and of the registry, and if they fit.",
    footerHeading = "%nExamples:%n",
    footer = {"  mdlibs self version", "  mdlibs self version --registry work --json"})
final class SelfVersionCommand extends OnlineCommand {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SelfVersionCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Settings settings = settings();
    Registry registry = settings.registry();
    String client = Mdlibs.version();
    if (!json) {
      terminal.line("mdlibs    " + client);
    }
    String server = server(http(settings, registry, null));
    Optional<String> misfit = misfit(client, server);
    if (json) {
      var answer = new JsonObject();
      answer.addProperty("client", client);
      answer.addProperty("registry", registry.toString());
      answer.addProperty("server", server);
      answer.addProperty("fits", misfit.isEmpty());
      printJson(answer);
    } else {
      terminal.line("registry  " + Terminal.clean(server) + " at " + registry);
    }
    misfit.ifPresent(terminal::warn);
    return ExitCode.DONE;
  }

  /** What the registry's health tells, also of one that is not well. */
  private static String server(Http http) {
    try (Http.Answer answer =
        http.send("GET", "/health", Map.of("Accept", "application/json"), null)) {
      if (answer.status() != 200 && answer.status() != 503) {
        throw Problem.failure(answer);
      }
      return Json.required(Json.parse(answer), "version");
    }
  }

  /** Why two versions do not fit; empty also where one of them is no version. */
  static Optional<String> misfit(String client, String server) {
    Version ours;
    Version theirs;
    try {
      ours = Version.parse(client);
      theirs = Version.parse(server);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (!line(ours).equals(line(theirs))) {
      return Optional.of(
          "mdlibs "
              + client
              + " and the registry's "
              + Terminal.clean(server)
              + " may not understand each other: take the command line of version "
              + line(theirs)
              + ".x");
    }
    return ours.compareTo(theirs) > 0 && !ours.key().equals(theirs.key())
        ? Optional.of(
            "the registry is older than mdlibs " + client + ": it may not know every command")
        : Optional.empty();
  }

  /** What versions that fit have in common. */
  private static String line(Version version) {
    String[] parts = version.key().split("\\.", -1);
    return parts[0].equals("0") ? parts[0] + "." + parts[1] : parts[0];
  }
}
