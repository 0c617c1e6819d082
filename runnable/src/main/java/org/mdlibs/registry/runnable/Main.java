package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * What {@code java -jar mdlibs-registry.jar} runs: lays the server out when this build was not
 * started here before, and runs it in this process. The launcher {@code mdlibs-registry} does the
 * same in two steps, since only a new process can have other options of the virtual machine.
 */
public final class Main {
  private Main() {}

  /** Runs the jar; see {@link Arguments#HELP}. */
  public static void main(String... args) {
    Console.run(
        () -> {
          EarlySettings settings = EarlySettings.read();
          if (WarCommand.isCalledBy(args)) {
            Path layout = layout(null, settings);
            WarCommand.run(layout, server(layout), settings, args);
          } else {
            run(Arguments.parse(settings, args), settings, System.out);
          }
        });
  }

  /** Loads what the server has. It stays open as long as the process lives. */
  private static ClassLoader server(Path layout) throws IOException {
    return new URLClassLoader(new URL[] {layout.resolve("server.jar").toUri().toURL()});
  }

  private static void run(Arguments arguments, EarlySettings settings, PrintStream out)
      throws Refusal, IOException, InterruptedException {
    switch (arguments.task()) {
      case HELP -> out.println(Arguments.HELP);
      case VERSION -> out.println("mdlibs registry " + Server.version());
      case HEALTH -> HealthCall.run(arguments, settings);
      case UNPACK -> out.println(layout(arguments.directory(), settings));
      case SERVE, CHECK -> {
        Server.refuseWhenTaken(arguments.port());
        Path layout = layout(arguments.directory(), settings);
        new Server(layout, server(layout), arguments, settings).run();
      }
      default -> throw new IllegalStateException(arguments.task().name());
    }
  }

  /** Lays the files out in a folder, or, where that is null, under the home. */
  private static Path layout(Path directory, EarlySettings settings) throws Refusal, IOException {
    var layout = new Layout(jar());
    if (directory != null) {
      return layout.in(directory);
    }
    return layout.below(Home.of(settings).resolve("server"));
  }

  /** The jar that this class comes from. */
  static Path jar() {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
