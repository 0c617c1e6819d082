package org.mdlibs.registry.runnable;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param task what to do
 * @param port the TCP port, 1 to 65535
 * @param verbose whether the server's own messages are shown from INFO
 * @param directory where {@link Task#UNPACK} lays the server out; null for the place under the home
 * @param health what {@link Task#HEALTH} asks; null for the registry at the port of this host
 */
record Arguments(Task task, int port, boolean verbose, Path directory, URI health) {
  private static final int DEFAULT_PORT = 8080;
  private static final int LARGEST_PORT = 65_535;

  static final String HELP =
      """
      Runs the mdlibs registry.

      Usage: java -jar mdlibs-registry.jar [--port PORT] [--verbose]
             java -jar mdlibs-registry.jar COMMAND …

        --port PORT     the port, and the only one that is opened (MDLIBS_PORT, else 8080)
        --verbose       show the server's own messages too
        --check         only start, see that it answers, and end with 0
        --unpack [DIR]  only lay the server's files out (in DIR, or under MDLIBS_HOME), and
                        print where
        --health [URL]  only ask a registry that runs (at PORT, or the URL) whether it is well, and
                        end with 0 if so, else with 1
        --help, --version

      Commands, which need no running server (COMMAND --help tells its options):

        storage copy     copy all archives to another storage, and check them
        storage verify   read every archive, and compare it with the database
        storage collect  remove what is left in the storage and belongs to no version
        backup FILE      write database and archives to a file, while the registry serves
        restore FILE     bring a backup into an empty installation

      Settings come from MDLIBS_* environment variables, mdlibs.* system properties, or a
      properties file that MDLIBS_CONFIG names. With none at all the registry keeps everything
      in ./mdlibs-data (MDLIBS_HOME) and listens at http://localhost:8080/.

      SIGTERM or Ctrl-C: it finishes the requests under way and ends with 0; a second one ends it
      at once, with 143 or 130. Ends with 1 when it cannot start, with 2 for arguments that it
      does not know.""";

  /** The tasks of the jar. */
  enum Task {
    /** Serve until a signal comes. */
    SERVE,
    /** Start, see that it answers, and end. */
    CHECK,
    /** Lay the server's files out, and end. */
    UNPACK,
    /** Ask a running registry whether it is well, and end. */
    HEALTH,
    /** Print the help, and end. */
    HELP,
    /** Print the version, and end. */
    VERSION;

    boolean serves() {
      return this == SERVE || this == CHECK;
    }
  }

  /**
   * Reads a command line.
   *
   * @param settings which tell the port where the command line does not
   * @throws IllegalArgumentException with a sentence that says what is wrong with it
   */
  static Arguments parse(EarlySettings settings, String... args) {
    Task task = Task.SERVE;
    Optional<String> told = settings.find("mdlibs.port");
    int port = told.isPresent() ? port("MDLIBS_PORT", told.get()) : DEFAULT_PORT;
    boolean verbose = false;
    Path directory = null;
    URI health = null;
    for (int i = 0; i < args.length; i++) {
      String argument = args[i];
      boolean last = i + 1 == args.length;
      if (argument.equals("--port")) {
        if (last) {
          throw new IllegalArgumentException("--port needs a number");
        }
        port = port("--port", args[++i]);
      } else if (argument.startsWith("--port=")) {
        port = port("--port", argument.substring("--port=".length()));
      } else if (argument.equals("--verbose")) {
        verbose = true;
      } else if (argument.equals("--check")) {
        task = Task.CHECK;
      } else if (argument.equals("--unpack")) {
        task = Task.UNPACK;
        if (!last && !args[i + 1].startsWith("-")) {
          directory = Path.of(args[++i]);
        }
      } else if (argument.equals("--health")) {
        task = Task.HEALTH;
        if (!last && !args[i + 1].startsWith("-")) {
          health = url(args[++i]);
        }
      } else if (argument.equals("--help") || argument.equals("-h")) {
        return new Arguments(Task.HELP, port, verbose, null, null);
      } else if (argument.equals("--version")) {
        return new Arguments(Task.VERSION, port, verbose, null, null);
      } else {
        throw new IllegalArgumentException("unknown argument " + argument);
      }
    }
    return new Arguments(task, port, verbose, directory, health);
  }

  private static int port(String name, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= LARGEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new IllegalArgumentException(name + " must be a number from 1 to 65535, not " + text);
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && Set.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Told below, like a URL of another kind.
    }
    throw new IllegalArgumentException("--health takes an http or https URL, not " + text);
  }
}
