package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a process, as somebody starts it who has a JDK and nothing else. */
final class RunnableJarIT {
  private static final String JAR = System.getProperty("mdlibs.jar");

  /** One for all, so that the server's files are laid out once. */
  @TempDir private static Path home;

  private static int port;

  @TempDir private Path temporary;
  private final List<Process> processes = new ArrayList<>();

  @BeforeAll
  static void a_free_port() throws IOException {
    port = FreePort.find();
  }

  @AfterEach
  void no_process_is_left() throws InterruptedException {
    processes.forEach(Process::destroyForcibly);
    for (Process process : processes) {
      // Until then it has the port that the next test wants.
      process.waitFor();
    }
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", JAR));
    command.addAll(Arrays.asList(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(key -> key.startsWith("MDLIBS_"));
    builder.environment().put("MDLIBS_HOME", home.toString());
    builder.environment().put("MDLIBS_ADMIN_PASSWORD", "the-first-administrator");
    builder.environment().putAll(environment);
    builder.redirectError(temporary.resolve("err").toFile());
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private String err() throws IOException {
    return Files.readString(temporary.resolve("err"));
  }

  private Process startServing() throws IOException {
    Process process = start(Map.of(), "--port", Integer.toString(port));
    String line = process.inputReader().readLine();
    assertThat(line)
        .as(err())
        .matches("mdlibs registry \\S+ is ready: http://localhost:" + port + "/  .+");
    assertThat(line).contains("sqlite:" + home, "filesystem:" + home, "administrator: admin");
    return process;
  }

  private static int get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private static String body(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static List<String> folders(String prefix) throws IOException {
    try (Stream<Path> there = Files.list(home.resolve("server"))) {
      return there
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .toList();
    }
  }

  private void refuses(int exitCode, String reason, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    Process process = start(environment, args);
    assertThat(process.inputReader().readLine()).isNull();
    assertThat(process.waitFor()).as(err()).isEqualTo(exitCode);
    assertThat(err()).startsWith("mdlibs-registry: ").contains(reason).hasLineCount(1);
  }

  @Test
  void serves_until_it_is_told_to_stop_and_leaves_nothing() throws Exception {
    Process process = startServing();
    assertThat(body("/health/ready"))
        .as("no check of a scanner that is not there")
        .startsWith("{\"status\":\"UP\"")
        .contains("\"database\"", "\"storage\"")
        .doesNotContain("malware_scanner");
    assertThat(get("/api/v1/libraries")).isEqualTo(200);
    assertThat(get("/")).isNotEqualTo(503);
    assertThat(folders("run-")).hasSize(1);
    // Not by Process.destroy, which closes the streams at once.
    process.toHandle().destroy();
    assertThat(process.inputReader().readLine()).as("the ready line is the last").isNull();
    assertThat(process.waitFor()).isZero();
    // Of the log the lines of its requests, and nothing that the server says at its start and end.
    // The stop itself asks whether it may end.
    assertThat(err().lines().filter(line -> !line.contains("GET /health/ready 503")).toList())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("\"logger\":\"mdlibs.access\""));
    assertThat(folders("run-")).isEmpty();
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .filteredOn(name -> !name.startsWith("hsperfdata"))
          .containsExactly("err");
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc tells what a process listens at")
  void listens_at_one_port_alone() throws Exception {
    Process process = startServing();
    assertThat(listening(process.pid())).containsExactly(port);
  }

  /** The ports that a process has open for others: TCP ones that listen, and every UDP one. */
  private static List<Integer> listening(long pid) throws IOException {
    var sockets = new HashSet<String>();
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : files.toList()) {
        if (Files.isSymbolicLink(file)) {
          sockets.add(Files.readSymbolicLink(file).toString());
        }
      }
    }
    var ports = new ArrayList<Integer>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
        // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode …
        String[] columns = line.strip().split("\\s+", -1);
        boolean open = table.startsWith("udp") || columns[3].equals("0A");
        if (open && sockets.contains("socket:[" + columns[9] + "]")) {
          ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  @Test
  void sweeps_what_a_killed_process_left() throws Exception {
    Process killed = startServing();
    killed.destroyForcibly();
    assertThat(killed.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folders("run-")).hasSize(1);
    List<String> left = folders("run-");
    startServing();
    // Swept right after the ready line.
    while (folders("run-").size() > 1) {
      Thread.sleep(100);
    }
    assertThat(folders("run-")).hasSize(1).doesNotContainAnyElementsOf(left);
  }

  @Test
  void refuses_a_port_that_another_process_has() throws Exception {
    try (var taken = new ServerSocket(0)) {
      String other = Integer.toString(taken.getLocalPort());
      refuses(1, "port " + other + " cannot be opened", Map.of(), "--port", other);
    }
  }

  @Test
  void tells_whether_the_one_that_runs_is_well() throws Exception {
    String[] health = {"--health", "--port", Integer.toString(port)};
    refuses(1, "not well: http://localhost:" + port + "/health/ready", Map.of(), health);
    startServing();
    assertThat(start(Map.of(), health).waitFor()).as(err()).isZero();
    String nothing = "http://localhost:" + port + "/nothing";
    assertThat(start(Map.of(), "--health", nothing).waitFor()).isEqualTo(1);
  }

  @Test
  void refuses_arguments_that_it_does_not_know() throws Exception {
    refuses(2, "unknown argument --prot", Map.of(), "--prot=80");
  }

  @Test
  void says_in_one_line_why_it_cannot_start() throws Exception {
    refuses(
        1,
        "MDLIBS_DATABASE_URL",
        Map.of("MDLIBS_DATABASE_URL", "jdbc:oracle:thin:@db"),
        "--port",
        Integer.toString(port));
  }

  @Test
  void wraps_the_keys_of_its_database_and_starts_with_no_other_key_for_them() throws Exception {
    String database = "sqlite:" + temporary.resolve("wrapped.db");
    Map<String, String> clear = Map.of("MDLIBS_DATABASE_URL", database);
    String[] check = {"--check", "--port", Integer.toString(port)};
    assertThat(start(clear, check).waitFor()).as(err()).isZero();
    Map<String, String> wrapped = with(clear, "the-key-that-wraps-what-the-database-keeps");
    assertThat(start(wrapped, check).waitFor()).as(err()).isZero();
    assertThat(start(wrapped, check).waitFor()).as(err()).isZero();
    refuses(1, "MDLIBS_SECRET_KEY is not the key", with(clear, "x".repeat(40)), check);
    refuses(1, "set MDLIBS_SECRET_KEY", clear, check);
    refuses(1, "MDLIBS_SECRET_KEY must be", with(clear, "short"), check);
  }

  private static Map<String, String> with(Map<String, String> environment, String secretKey) {
    var more = new java.util.HashMap<>(environment);
    more.put("MDLIBS_SECRET_KEY", secretKey);
    return more;
  }
}
