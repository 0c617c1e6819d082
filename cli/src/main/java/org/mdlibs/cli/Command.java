package org.mdlibs.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What every command has: its session, and the options that all of them take. */
abstract class Command implements Callable<Integer> {
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  final Session session;
  final Terminal terminal;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = "--debug",
      description = "Show the stack trace of an error, and every request on stderr.")
  boolean debug;

  @Option(
      names = {"-q", "--quiet"},
      description = "Tell nothing but errors, warnings and what was asked for.")
  boolean quiet;

  Command(Session session) {
    this.session = session;
    this.terminal = session.terminal();
  }

  /** A path as the user gave it, seen from the session's folder. */
  Path resolve(Path path) {
    return session.directory().resolve(path).normalize();
  }

  /** Prints JSON; what a terminal would obey is escaped, beyond what JSON asks for. */
  void printJson(JsonElement json) {
    var text = new StringBuilder();
    PRETTY
        .toJson(json)
        .codePoints()
        .forEach(
            c -> {
              if (c != '\n' && c <= 0xffff && Terminal.isControl(c)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    terminal.line(text.toString());
  }
}
