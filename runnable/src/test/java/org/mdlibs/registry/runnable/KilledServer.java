package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The runnable jar as a process that gets signals, and seldom the time to say goodbye. */
final class KilledServer {
  static final String PASSWORD = "the-first-administrator";

  private final Path home;
  private final Map<String, String> environment;
  private final int port;
  private Process process;

  KilledServer(Path home, Map<String, String> environment) throws IOException {
    this.home = home;
    this.environment = environment;
    this.port = FreePort.find();
  }

  /** Starts it and waits until it is ready. */
  void start() throws IOException {
    launch();
    String line = process.inputReader().readLine();
    assertThat(line).as("the start after a kill").contains("is ready");
  }

  /** Kills it so many milliseconds after the start. */
  void startAndKill(long milliseconds) throws IOException, InterruptedException {
    launch();
    Thread.sleep(milliseconds);
    kill();
  }

  private void launch() throws IOException {
    process =
        process("--port", Integer.toString(port))
            .redirectError(home.resolve("stderr").toFile())
            .start();
  }

  /** Runs a command of the jar beside it; its lines, of which the last is the report. */
  List<String> run(String... arguments) throws IOException, InterruptedException {
    Process command = process(arguments).redirectErrorStream(true).start();
    List<String> lines = command.inputReader().lines().toList();
    assertThat(command.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }

  private ProcessBuilder process(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", System.getProperty("mdlibs.jar")));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(key -> key.startsWith("MDLIBS_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "MDLIBS_HOME",
                home.toString(),
                "MDLIBS_ADMIN_PASSWORD",
                PASSWORD,
                "MDLIBS_RATE_LIMIT_ENABLED",
                "false"));
    builder.environment().putAll(environment);
    return builder;
  }

  /** SIGTERM, where there are signals: it has the time to say goodbye. */
  void stop() throws InterruptedException {
    signal();
    exitCode();
  }

  /** SIGTERM, and no waiting. */
  void signal() {
    // Not by Process.destroy, which closes the streams at once.
    process.toHandle().destroy();
  }

  /** How it ended, once it has. */
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
    return process.exitValue();
  }

  /** What it said besides. */
  String stderr() throws IOException {
    return Files.readString(home.resolve("stderr"));
  }

  int port() {
    return port;
  }

  /** SIGKILL, where there are signals. */
  void kill() {
    if (process == null) {
      return;
    }
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  String api(String path) {
    return "http://127.0.0.1:" + port + "/api/v1" + path;
  }
}
