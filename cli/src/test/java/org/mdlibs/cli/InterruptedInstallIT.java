package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.Run.Outcome;

/**
 * Kills the real launcher while it installs: the next run must find the old or the new state, and
 * bring every library to it.
 */
final class InterruptedInstallIT {
  private static final int LIBRARIES = 12;
  private static final int KILLS = 16;

  private final LoopbackServer server = new LoopbackServer();
  @TempDir private Path temporary;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_killed_install_leaves_the_old_or_the_new_state_and_the_next_run_heals()
      throws IOException, InterruptedException {
    var arguments = new ArrayList<List<String>>(List.of(new ArrayList<>(), new ArrayList<>()));
    for (int i = 0; i < LIBRARIES; i++) {
      new FakeLibrary(server, "ann", "lib-" + i).version("1.0.0").version("2.0.0");
      arguments.get(0).add("@ann/lib-" + i + "@1.0.0");
      arguments.get(1).add("@ann/lib-" + i + "@2.0.0");
    }
    Path project = temporary.resolve("project");
    var shell = new Shell(temporary).with("MDLIBS_REGISTRY_URL", server.url()).in(project);
    long started = System.nanoTime();
    assertThat(install(shell, arguments.get(0)).exitCode()).isZero();
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    var random = new Random(7);
    var seen = new ArrayList<String>();
    for (int i = 0; i < KILLS; i++) {
      Process process = start(project, arguments.get(i % 2 == 0 ? 1 : 0));
      // From the start of the JVM to beyond the end; SIGTERM and SIGKILL in turn.
      boolean ended = process.waitFor(random.nextLong(whole), TimeUnit.MILLISECONDS);
      if (i % 4 < 2) {
        process.destroyForcibly();
      } else {
        process.destroy();
      }
      process.waitFor();
      seen.add(ended ? "ended" : "killed");
      // The lock alone decides which state it is; verify heals, then finds nothing.
      Outcome verify = shell.mdlibs("verify", "--offline");
      assertThat(verify.exitCode()).as(i + ": " + verify.out() + verify.err()).isZero();
      String lock = Files.readString(project.resolve("mdlibs.lock"));
      String version = lock.contains("\"1.0.0\"") ? "1.0.0" : "2.0.0";
      assertThat(lock.split("version = \"" + version, -1)).hasSize(LIBRARIES + 1);
      String manifest = Files.readString(project.resolve(".mdlibs.toml"));
      assertThat(manifest.split("= \"" + version, -1)).hasSize(LIBRARIES + 1);
      assertNoLeftovers(project);
    }
    assertThat(seen).contains("killed");
    assertThat(install(shell, arguments.get(1)).exitCode()).isZero();
    assertThat(shell.mdlibs("verify").exitCode()).isZero();
  }

  @Test
  void two_processes_at_once_share_a_project_and_a_cache()
      throws IOException, InterruptedException {
    Path project = temporary.resolve("project");
    var shell = new Shell(temporary).with("MDLIBS_REGISTRY_URL", server.url()).in(project);
    var processes = new ArrayList<Process>();
    for (int i = 0; i < 4; i++) {
      new FakeLibrary(server, "ann", "lib-" + i).version("1.0.0");
    }
    for (int i = 0; i < 4; i++) {
      // All take lib-0, so that they meet in the cache as well; two have a project of their own.
      Path folder = Files.createDirectories(i < 2 ? project : temporary.resolve("project-" + i));
      processes.add(start(folder, List.of("@ann/lib-0@1.0.0", "@ann/lib-" + i + "@1.0.0")));
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(Files.readString(project.resolve("mdlibs.lock"))).contains("lib-0", "lib-1");
    assertThat(shell.mdlibs("verify").exitCode()).isZero();
    assertNoLeftovers(project);
  }

  private static void assertNoLeftovers(Path project) throws IOException {
    try (Stream<Path> all = Files.walk(project)) {
      assertThat(all.map(p -> p.getFileName().toString()))
          .noneMatch(n -> n.equals(Installation.STAGING) || n.endsWith(".tmp"));
    }
  }

  private static Outcome install(Shell shell, List<String> references) {
    return shell.mdlibs(
        Stream.concat(Stream.of("install"), references.stream()).toArray(String[]::new));
  }

  private Process start(Path project, List<String> references) throws IOException {
    var command = new ArrayList<>(List.of(Shell.launcher().toString(), "install"));
    command.addAll(references);
    var builder = new ProcessBuilder(command).directory(project.toFile());
    builder.environment().put("HOME", temporary.resolve("home").toString());
    builder.environment().put("MDLIBS_REGISTRY_URL", server.url());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }
}
