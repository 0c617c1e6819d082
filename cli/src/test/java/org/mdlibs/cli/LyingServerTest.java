package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

/** Whatever a server does, an install ends with a clear error and leaves the project as it was. */
final class LyingServerTest {
  private static final String DOWNLOAD = "GET /api/v1/libraries/ann/notes/1.0.0/download";
  private static final String DETAILS = "GET /api/v1/libraries/ann/notes/1.0.0";

  private final LoopbackServer server = new LoopbackServer();
  private final LoopbackServer elsewhere = new LoopbackServer();
  private final byte[] archive = FakeLibrary.archive("docs/README.md", "# Whole\n");
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void library() throws IOException {
    run =
        new Run(temporary).with("MDLIBS_REGISTRY_URL", server.url()).with("MDLIBS_TOKEN", "secret");
    new FakeLibrary(server, "ann", "notes").version("1.0.0", archive);
  }

  @AfterEach
  void stop() {
    server.close();
    elsewhere.close();
  }

  private Outcome install(String... options) {
    return run.mdlibs(
        Stream.concat(Stream.of("install", "@ann/notes@1.0.0"), Stream.of(options))
            .toArray(String[]::new));
  }

  private void assertRefused(Outcome outcome, int exitCode) throws IOException {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    assertThat(outcome.err()).startsWith("error: ").contains("\nhint: ").doesNotContain("\tat ");
    assertThat(run.project).isEmptyDirectory();
    try (Stream<Path> cached = Files.walk(run.home)) {
      assertThat(cached.filter(Files::isRegularFile).map(Path::toString))
          .noneMatch(name -> name.endsWith(".tar.gz") || name.contains(".download-"));
    }
  }

  @Test
  void an_archive_of_another_checksum_is_an_integrity_failure() throws IOException {
    byte[] other = archive.clone();
    other[other.length - 1] ^= 1;
    server.on(DOWNLOAD, Given.bytes(other));
    assertRefused(install(), ExitCode.INTEGRITY);
  }

  @Test
  void a_truncated_archive_is_a_network_failure_after_three_attempts() throws IOException {
    server.on(DOWNLOAD, Given.bytes(Arrays.copyOf(archive, archive.length / 2)));
    assertRefused(install(), ExitCode.NETWORK);
    assertThat(server.lines().stream().filter(DOWNLOAD::equals)).hasSize(3);
  }

  @Test
  void a_download_led_to_another_host_is_followed_without_the_token() throws IOException {
    server.on(DOWNLOAD, Given.redirect(elsewhere.url() + "/blob"));
    elsewhere.on("GET /blob", Given.bytes(archive));
    assertThat(install().exitCode()).isZero();
    assertThat(run.read("libraries/@ann/notes/docs/README.md")).isEqualTo("# Whole\n");
    assertThat(server.seen()).allMatch(s -> s.authorization().equals(Optional.of("Bearer secret")));
    assertThat(elsewhere.seen()).hasSize(1).allMatch(s -> s.authorization().isEmpty());
  }

  @Test
  void what_another_host_gives_is_held_against_the_checksum_too() throws IOException {
    server.on(DOWNLOAD, Given.redirect(elsewhere.url() + "/blob"));
    elsewhere.on("GET /blob", Given.bytes(FakeLibrary.archive("docs/README.md", "# Evil!\n")));
    assertRefused(install(), ExitCode.INTEGRITY);
  }

  @Test
  void an_api_call_led_to_another_host_is_refused() throws IOException {
    server.on(DETAILS, Given.redirect(elsewhere.url() + "/api"));
    assertRefused(install(), ExitCode.NETWORK);
    assertThat(elsewhere.seen()).isEmpty();
  }

  @Test
  void a_429_is_waited_out_as_long_as_it_says() throws IOException {
    byte[] none = new byte[0];
    server.on(
        DOWNLOAD,
        times ->
            times == 0 ? new Given(429, Map.of("Retry-After", "1"), none) : Given.bytes(archive));
    assertThat(install().exitCode()).isZero();
    assertThat(server.lines().stream().filter(DOWNLOAD::equals)).hasSize(2);
  }

  @Test
  void a_429_of_an_hour_is_told_and_not_waited_out() throws IOException {
    byte[] problem =
        "{\"title\":\"Too many requests\",\"code\":\"RATE_LIMITED\"}"
            .getBytes(StandardCharsets.UTF_8);
    server.on(
        DOWNLOAD,
        new Given(
            429,
            Map.of("Retry-After", "3600", "Content-Type", "application/problem+json"),
            problem));
    Outcome outcome = install();
    assertThat(outcome.exitCode()).isNotZero();
    assertRefused(outcome, outcome.exitCode());
    assertThat(server.lines().stream().filter(DOWNLOAD::equals)).hasSize(1);
  }

  @Test
  void a_503_is_told_with_what_the_registry_says() throws IOException {
    server.on(DETAILS, Given.json(503, "{\"title\":\"The registry stops\",\"code\":\"STOPPING\"}"));
    Outcome outcome = install();
    assertThat(outcome.err()).contains("The registry stops");
    assertRefused(outcome, outcome.exitCode());
    assertThat(outcome.exitCode()).isNotZero();
  }

  @Test
  void an_archive_that_stops_coming_ends_by_the_timeout() throws IOException {
    try (var slow = new SlowServer(archive)) {
      server.on(DOWNLOAD, Given.redirect(slow.url()));
      assertRefused(install("--timeout", "1"), ExitCode.NETWORK);
      assertThat(slow.served.get()).isEqualTo(3);
    }
  }

  @Test
  void answers_that_are_no_registrys_are_told() throws IOException {
    for (String nonsense : new String[] {"", "<html>", "[]", "{\"version\":7}"}) {
      server.on(DETAILS, Given.json(200, nonsense));
      Outcome outcome = install();
      assertThat(outcome.exitCode()).as(nonsense).isNotZero();
      assertRefused(outcome, outcome.exitCode());
    }
  }

  @Test
  void another_version_than_the_one_asked_for_is_refused() throws IOException {
    server.on(
        DETAILS,
        Given.json(
            200,
            "{\"version\":\"0.9.0\",\"checksum\":\"sha256:%s\",\"size\":%d}"
                .formatted(FakeLibrary.sha256(archive), archive.length)));
    Outcome outcome = install();
    assertThat(outcome.exitCode()).isNotZero();
    assertRefused(outcome, outcome.exitCode());
  }

  /** Sends the head and the first bytes, then nothing, and keeps the connection open. */
  private static final class SlowServer implements AutoCloseable {
    final AtomicInteger served = new AtomicInteger();
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] body;

    SlowServer(byte[] body) throws IOException {
      this.body = body;
      var thread = new Thread(this::serve);
      thread.setDaemon(true);
      thread.start();
    }

    String url() {
      return "http://localhost:" + socket.getLocalPort() + "/blob";
    }

    private void serve() {
      try {
        while (true) {
          Socket connection = socket.accept();
          served.incrementAndGet();
          InputStream in = connection.getInputStream();
          for (int last = 0, b = in.read(); b >= 0 && last < 4; b = last < 4 ? in.read() : -1) {
            last = b == '\r' || b == '\n' ? last + 1 : 0;
          }
          OutputStream out = connection.getOutputStream();
          String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n";
          out.write(head.getBytes(StandardCharsets.US_ASCII));
          out.write(body, 0, 10);
          out.flush();
        }
      } catch (IOException e) {
        // Closed by the test.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
