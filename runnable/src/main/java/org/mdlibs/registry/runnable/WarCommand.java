package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * A command for operators, which the WAR has: run in this process, over the WAR's classes and
 * libraries where {@link Layout} laid them out, without a server.
 */
final class WarCommand {
  private static final String COMMANDS = "org.mdlibs.registry.command.Commands";

  private WarCommand() {}

  /** Whether a command line calls one: it begins with a word, and the server takes only options. */
  static boolean isCalledBy(String... args) {
    return args.length > 0 && !args[0].startsWith("-");
  }

  /**
   * Runs it, and ends the process with its exit code.
   *
   * @param server loads what the server has, which the WAR relies on
   * @throws Refusal when the files are damaged
   */
  static void run(Path layout, ClassLoader server, EarlySettings settings, String... args)
      throws Refusal, IOException {
    Home.ensureTemporaryFolder(Home.of(settings).resolve("server"));
    InUse inUse = Files.isWritable(layout) ? InUse.mark(layout) : null;
    Server.setUnlessSet(
        "java.util.logging.config.file",
        layout.resolve("instance/config/logging.properties").toString());
    int code;
    try (var loader = new URLClassLoader(classPath(layout.resolve("registry/WEB-INF")), server)) {
      Thread.currentThread().setContextClassLoader(loader);
      code =
          (int)
              loader
                  .loadClass(COMMANDS)
                  .getMethod("run", String[].class, PrintStream.class, PrintStream.class)
                  .invoke(null, args, System.out, System.err);
    } catch (InvocationTargetException e) {
      throw new Refusal("the command failed: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new Refusal("the server's files are damaged; delete " + layout, e);
    } finally {
      if (inUse != null) {
        inUse.close();
      }
    }
    // Libraries have threads that would go on.
    System.exit(code);
  }

  private static URL[] classPath(Path web) throws IOException {
    var urls = new ArrayList<URL>();
    urls.add(web.resolve("classes").toUri().toURL());
    try (DirectoryStream<Path> libraries = Files.newDirectoryStream(web.resolve("lib"), "*.jar")) {
      for (Path library : libraries) {
        urls.add(library.toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }
}
