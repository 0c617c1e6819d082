package org.mdlibs.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The world around one run of the command line, so that a test can bring its own.
 *
 * @param environment the environment variables
 * @param directory the current folder, absolute
 * @param home the user's home folder
 * @param terminal where to write and ask
 */
record Session(Map<String, String> environment, Path directory, Path home, Terminal terminal) {
  /** The real one of this process. */
  static Session ofProcess() {
    Map<String, String> environment = System.getenv();
    Console console = Terminal.console();
    // The launcher looks whether each stream is a terminal; Java alone only knows about both at
    // once.
    boolean out = flag("mdlibs.out.tty", console != null);
    boolean err = flag("mdlibs.err.tty", console != null);
    var terminal =
        new Terminal(
            new FileInputStream(FileDescriptor.in),
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            console,
            out,
            err,
            environment);
    return new Session(
        environment, Path.of("").toAbsolutePath(), Path.of(home(environment)), terminal);
  }

  /** An empty variable would make the working directory a home. */
  private static String home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return home.isBlank() ? System.getProperty("user.home") : home;
  }

  /** A path as it is told: from the working directory, where there is a way from it. */
  Path near(Path path) {
    return Objects.equals(path.getRoot(), directory().getRoot())
        ? directory().relativize(path)
        : path;
  }

  private static boolean flag(String property, boolean otherwise) {
    String value = System.getProperty(property);
    return value == null ? otherwise : value.equals("true");
  }

  /** UTF-8 whatever the locale, except on Windows, whose console has a code page of its own. */
  private static PrintStream stream(FileDescriptor descriptor) {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    Charset charset = windows ? Charset.defaultCharset() : StandardCharsets.UTF_8;
    return new PrintStream(new FileOutputStream(descriptor), false, charset);
  }

  /** An environment variable; an empty one counts as absent. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
  }

  /** Where the user's settings and credentials are. */
  Path configFolder() {
    return base("XDG_CONFIG_HOME", ".config").resolve("mdlibs");
  }

  /** Where downloaded archives are kept; may be deleted at any time. */
  Path cacheFolder() {
    return base("XDG_CACHE_HOME", ".cache").resolve("mdlibs");
  }

  /** XDG base directories: a relative value is to be ignored. */
  private Path base(String variable, String otherwise) {
    return variable(variable)
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> home.resolve(otherwise));
  }
}
