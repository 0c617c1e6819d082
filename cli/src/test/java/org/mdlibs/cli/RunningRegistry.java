package org.mdlibs.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real registry, started once for all integration tests: the runnable jar, with SQLite and
 * files in a temporary folder. {@code -Dmdlibs.registry.url=…} takes one that runs already.
 */
public final class RunningRegistry implements BeforeAllCallback {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static String url;

  /** Its address. */
  static String url() {
    return url;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Started.class, key -> start(), Started.class);
  }

  /** What the end of the test run stops. */
  private record Started(Process process, Path folder) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (process == null) {
        return;
      }
      process.destroy();
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
      Installer.delete(folder);
    }
  }

  private static Started start() {
    url = System.getProperty("mdlibs.registry.url");
    if (url != null) {
      return new Started(null, null);
    }
    try {
      Path jar = Path.of(System.getProperty("mdlibs.registry.jar")).toRealPath();
      Path folder = Files.createTempDirectory("mdlibs-registry-");
      int port = freePort();
      var builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-jar",
              jar.toString(),
              "--port",
              String.valueOf(port));
      builder
          .environment()
          .putAll(
              Map.of(
                  "MDLIBS_HOME", folder.resolve("home").toString(),
                  "MDLIBS_RATE_LIMIT_ENABLED", "false",
                  "MDLIBS_ADMIN_USERNAME", "admin",
                  "MDLIBS_ADMIN_EMAIL", "admin@example.com",
                  "MDLIBS_ADMIN_PASSWORD", "a first phrase for tests"));
      Path log = folder.resolve("log");
      builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
      var started = new Started(builder.start(), folder);
      url = "http://localhost:" + port;
      await(started, log);
      return started;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("The registry did not start.", e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(Started started, Path log) throws IOException, InterruptedException {
    Instant limit = Instant.now().plus(START_LIMIT);
    while (!answers()) {
      if (!started.process().isAlive() || Instant.now().isAfter(limit)) {
        String told = Files.readString(log);
        started.close();
        throw new IllegalStateException("The registry did not start:\n" + told);
      }
      Thread.sleep(200);
    }
  }

  private static boolean answers() {
    try {
      var connection = (HttpURLConnection) URI.create(url + "/health").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
