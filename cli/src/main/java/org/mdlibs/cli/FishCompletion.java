package org.mdlibs.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes the completion script for fish from the commands' own descriptions; picocli writes those
 * of bash and zsh, and none for fish.
 */
final class FishCompletion {
  private static final String HEAD =
      """
      # Completion of mdlibs in fish.
      function __mdlibs_at --description 'Whether the command so far is this one'
          set -l path
          for word in (commandline -opc)[2..-1]
              set -l next (string join ' ' -- $path $word)
              contains -- $next $__mdlibs_commands; and set path $next
          end
          test "$path" = "$argv[1]"
      end
      complete -c mdlibs -f
      """;

  private final StringBuilder script = new StringBuilder(HEAD);
  private final List<String> paths = new ArrayList<>();

  private FishCompletion() {}

  static String of(CommandLine root) {
    var completion = new FishCompletion();
    completion.command("", root.getCommandSpec());
    return completion.script
        + "set -g __mdlibs_commands"
        + String.join("", completion.paths.stream().map(p -> " " + quoted(p)).toList());
  }

  private void command(String path, CommandSpec spec) {
    String at = "complete -c mdlibs -n " + quoted("__mdlibs_at " + quoted(path));
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        script.append(at).append(option(option)).append('\n');
      }
    }
    for (ArgSpec argument : spec.positionalParameters()) {
      String values = values(argument);
      if (!values.isEmpty()) {
        script.append(at).append(values).append('\n');
      }
    }
    spec.subcommands()
        .forEach(
            (name, sub) -> {
              String subPath = path.isEmpty() ? name : path + " " + name;
              paths.add(subPath);
              script
                  .append(at)
                  .append(" -a ")
                  .append(name)
                  .append(description(sub.getCommandSpec().usageMessage().description()))
                  .append('\n');
              command(subPath, sub.getCommandSpec());
            });
  }

  private static String option(OptionSpec option) {
    var text = new StringBuilder();
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      text.append(" -r").append(values(option));
    }
    return text.append(description(option.description())).toString();
  }

  /** What may stand there: one of some words, or a file. */
  private static String values(ArgSpec argument) {
    if (argument.completionCandidates() != null) {
      var words = new ArrayList<String>();
      argument.completionCandidates().forEach(words::add);
      return " -a " + quoted(String.join(" ", words));
    }
    return argument.type() == Path.class ? " -F" : "";
  }

  private static String description(String... lines) {
    return lines.length == 0 ? "" : " -d " + quoted(lines[0]);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
