package org.mdlibs.cli;

import com.google.gson.JsonObject;
import org.mdlibs.registry.name.Version;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that does one thing to one published version. */
abstract class VersionCommand extends OnlineCommand {
  @Parameters(paramLabel = "@scope/name@version", description = "The version.")
  private String version;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  VersionCommand(Session session) {
    super(session);
  }

  /** A library and the version of it that is meant. */
  record Target(Reference library, Version version) {
    @Override
    public String toString() {
      return library.at(version.toString());
    }
  }

  /**
   * What the user named.
   *
   * @throws Failure with exit code 2 when it is no exact version
   */
  Target target() {
    Reference.Wanted wanted = Reference.parseWanted(version);
    try {
      if (wanted.range() != null) {
        return new Target(wanted.reference(), Version.parse(wanted.range()));
      }
    } catch (IllegalArgumentException e) {
      throw inexact(e);
    }
    throw inexact(null);
  }

  /** The registry that the library is at, which only somebody who is logged in changes. */
  RegistryApi api(Settings settings, Target target) {
    return new RegistryApi(loggedIn(settings, settings.registry(target.library().scope())));
  }

  private Failure inexact(Exception cause) {
    return new Failure(
        ExitCode.USAGE,
        "'" + version + "' names no exact version.",
        "Write @scope/name@1.2.3; see what there is: mdlibs info @scope/name",
        cause);
  }

  /** Tells what was done, by one sentence or one member of JSON. */
  void tell(Target target, String sentence, String member, boolean value) {
    if (json) {
      var answer = new JsonObject();
      answer.addProperty("reference", target.toString());
      answer.addProperty(member, value);
      printJson(answer);
    } else {
      terminal.tell(sentence);
    }
  }
}
