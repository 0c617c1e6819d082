package org.mdlibs.registry.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.problem.ProblemException;

/**
 * The commands of the runnable jar. It calls {@link #run} by reflection, with the WAR's classes and
 * libraries in a class loader, in a process without a server: settings are those of {@link
 * RegistryConfig#ofProcess}, and nothing is injected.
 *
 * <p>Exit codes: 0 done, {@value #FAILED} not done or something was found that needs somebody,
 * {@value #USAGE} bad arguments. Results go to stdout, a JSON object a line; what went wrong, to
 * stderr.
 */
public final class Commands {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private static final List<Command> ALL =
      List.of(
          new StorageCopy(),
          new StorageVerify(),
          new StorageCollect(),
          new BackupCommand(),
          new RestoreCommand());

  private Commands() {}

  /**
   * Runs a command.
   *
   * @param args its words, then its options
   * @return the exit code
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    for (Command command : ALL) {
      List<String> words = List.of(command.name().split(" ", -1));
      if (args.length >= words.size()
          && Arrays.asList(args).subList(0, words.size()).equals(words)) {
        return run(command, Arrays.asList(args).subList(words.size(), args.length), out, err);
      }
    }
    err.println("mdlibs-registry: unknown command " + String.join(" ", args));
    ALL.forEach(command -> err.println("  " + command.usage()));
    return USAGE;
  }

  private static int run(Command command, List<String> args, PrintStream out, PrintStream err) {
    if (args.equals(List.of("--help"))) {
      out.println(command.usage());
      return DONE;
    }
    try {
      return command.run(Options.parse(args, command.options()), out);
    } catch (IllegalArgumentException e) {
      err.println("mdlibs-registry: " + e.getMessage());
      err.println("  " + command.usage());
      return USAGE;
    } catch (IOException | IllegalStateException e) {
      err.println("mdlibs-registry: " + e.getMessage());
    } catch (ProblemException e) {
      err.println("mdlibs-registry: " + innermost(e));
    }
    return FAILED;
  }

  /** An operator may know more than a caller: what the storage said, too. */
  private static String innermost(ProblemException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason = cause.toString().lines().findFirst().orElse("");
    return cause == e ? e.getMessage() : e.getMessage() + " (" + reason + ")";
  }
}
