package org.mdlibs.registry.testing;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The server that the tests run on, as the system property {@code registry.server} says; set up
 * with what lies in {@code server-config/}. Its settings go to {@code arquillian.xml} by system
 * properties.
 */
enum AppServer {
  PAYARA_MICRO {
    @Override
    void prepare(Path home, int port, List<String> options) {
      Path commands = config("payara-micro").resolve("pre-boot.asadmin");
      System.setProperty(
          "registry.server.options",
          "--nohazelcast --disablephonehome --port %d --prebootcommandfile %s"
              .formatted(port, commands));
    }
  },

  WILDFLY {
    @Override
    void prepare(Path home, int port, List<String> options) throws IOException {
      Path base = home.resolve("wildfly");
      copy(distribution().resolve("standalone"), base, "**");
      // Where the adapter looks before the server makes it.
      Files.createDirectories(base.resolve("deployments"));
      var baseOption = "-Djboss.server.base.dir=" + base;
      var cli =
          new ProcessBuilder(
              distribution().resolve("bin/jboss-cli.sh").toString(),
              "--file=" + config("wildfly").resolve("configure.cli"));
      cli.environment().put("JAVA_OPTS", baseOption);
      run(cli, home.resolve("wildfly-cli.log"));
      int management = ServerProcess.freePort();
      options.add(baseOption);
      options.add("-Djboss.http.port=" + port);
      options.add("-Djboss.https.port=" + ServerProcess.freePort());
      options.add("-Djboss.management.http.port=" + management);
      System.setProperty("registry.management.port", String.valueOf(management));
    }
  },

  LIBERTY {
    @Override
    void prepare(Path home, int port, List<String> options) throws IOException {
      Path server = home.resolve("liberty/servers").resolve("mdlibs-" + port);
      copy(config("liberty"), server, "*.{xml,properties}");
      copy(Path.of(System.getProperty("registry.liberty.lib")), server.resolve("lib"), "*.jar");
      Path war = Path.of(System.getProperty("registry.war"));
      Files.createDirectories(server.resolve("apps"));
      Files.copy(war, server.resolve("apps").resolve(war.getFileName()));
      Path bootstrap = server.resolve("bootstrap.properties");
      Files.writeString(bootstrap, Files.readString(bootstrap).replace("=8080", "=" + port));
      // One that no other server has: the adapter looks for those that run by their names.
      System.setProperty("registry.server.name", server.getFileName().toString());
      System.setProperty("registry.server.folder", home.resolve("liberty").toString());
      System.setProperty("registry.http.port", String.valueOf(port));
    }

    @Override
    boolean hasWar() {
      return true;
    }
  };

  /** The server that this build runs the tests on. */
  static AppServer current() {
    return valueOf(
        System.getProperty("registry.server").toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * Sets it up, and tells Arquillian of it.
   *
   * @param home a folder for whatever it writes
   * @param options of its Java virtual machine; some are added
   */
  abstract void prepare(Path home, int port, List<String> options) throws IOException;

  /** Whether it was given the WAR when it was set up; the others get it deployed. */
  boolean hasWar() {
    return false;
  }

  /**
   * Whether a path with encoded control characters reaches the registry; Liberty answers it 400.
   */
  boolean passesControlCharacters() {
    return this != LIBERTY;
  }

  /** The folder of {@code server-config} that a server is set up with. */
  static Path config(String server) {
    return Path.of("server-config", server).toAbsolutePath();
  }

  private static Path distribution() {
    return Path.of(System.getProperty("registry.server.home"));
  }

  private static void copy(Path from, Path to, String glob) throws IOException {
    PathMatcher wanted = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(from)) {
      all.filter(Files::isRegularFile).map(from::relativize).forEach(files::add);
    }
    for (Path file : files) {
      if (wanted.matches(file)) {
        Files.createDirectories(to.resolve(file).getParent());
        Files.copy(from.resolve(file), to.resolve(file));
      }
    }
  }

  private static void run(ProcessBuilder command, Path log) throws IOException {
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("It cannot be set up:\n" + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
