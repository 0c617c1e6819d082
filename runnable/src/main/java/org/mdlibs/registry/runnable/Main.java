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
    Console.run(() -> run(Arguments.parse(args), System.out));
  }

  private static void run(Arguments arguments, PrintStream out)
      throws Refusal, IOException, InterruptedException {
    switch (arguments.task()) {
      case HELP -> out.println(Arguments.HELP);
      case VERSION -> out.println("mdlibs registry " + Server.version());
      case UNPACK -> out.println(layout(arguments));
      case SERVE, CHECK -> {
        Server.refuseWhenTaken(arguments.port());
        Path layout = layout(arguments);
        URL server = layout.resolve("server.jar").toUri().toURL();
        // It stays open as long as the process lives: the server loads from it.
        new Server(layout, new URLClassLoader(new URL[] {server}), arguments).run();
      }
      default -> throw new IllegalStateException(arguments.task().name());
    }
  }

  private static Path layout(Arguments arguments) throws Refusal, IOException {
    Path jar = jar();
    var layout = new Layout(jar);
    if (arguments.directory() != null) {
      return layout.in(arguments.directory());
    }
    return layout.below(Home.find(System.getProperties(), System.getenv()).resolve("server"));
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
