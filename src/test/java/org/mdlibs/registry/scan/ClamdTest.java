package org.mdlibs.registry.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mdlibs.registry.scan.ScannerPeer.LIMITS;
import static org.mdlibs.registry.scan.ScannerPeer.after;
import static org.mdlibs.registry.scan.ScannerPeer.answering;
import static org.mdlibs.registry.scan.ScannerPeer.deafness;
import static org.mdlibs.registry.scan.ScannerPeer.early;
import static org.mdlibs.registry.scan.ScannerPeer.silence;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.scan.Verdict.Kind;

class ClamdTest {
  /** Long enough for a machine that does much else. */
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Clamd.Limits PATIENT = new Clamd.Limits(LONG, LONG, LONG, LONG);

  @TempDir private Path folder;

  private Path file(int bytes) throws IOException {
    return Files.write(folder.resolve("archive"), new byte[bytes]);
  }

  private static Clamd clamd(ScannerPeer peer, Clamd.Limits limits) {
    return new Clamd("127.0.0.1", peer.port(), limits);
  }

  private Verdict scan(ScannerPeer.Answer answer, int bytes) throws IOException {
    try (ScannerPeer peer = answering(LIMITS, answer)) {
      return clamd(peer, PATIENT).scan(file(bytes));
    }
  }

  @Test
  void sends_every_byte() throws IOException {
    try (ScannerPeer peer = answering(LIMITS, after("stream: OK\0"))) {
      Verdict verdict = clamd(peer, PATIENT).scan(file(300_001));
      assertThat(verdict.kind()).isEqualTo(Kind.CLEAN);
      assertThat(peer.received()).hasSize(2).endsWith(300_001L);
    }
  }

  @Test
  void sends_an_empty_file() throws IOException {
    assertThat(scan(after("stream: OK\0"), 0).kind()).isEqualTo(Kind.CLEAN);
  }

  @Test
  void tells_which_signature_matches() throws IOException {
    Verdict verdict = scan(after("stream: Win.Test.A(1) \n\u00e9 FOUND\0"), 5);
    assertThat(verdict).isEqualTo(new Verdict(Kind.INFECTED, "Win.Test.A(1) ??"));
  }

  @Test
  void bounds_the_name_of_a_signature() throws IOException {
    Verdict verdict = scan(after("stream: " + "x".repeat(3000) + " FOUND\0"), 5);
    assertThat(verdict).isEqualTo(new Verdict(Kind.INFECTED, "x".repeat(200)));
  }

  @Test
  void takes_nothing_that_exceeds_a_limit_for_clean() throws IOException {
    assertThat(scan(after("stream: Heuristics.Limits.Exceeded.MaxFiles FOUND\0"), 5))
        .isEqualTo(new Verdict(Kind.INCOMPLETE, "MaxFiles"));
    assertThat(scan(after("INSTREAM size limit exceeded. ERROR\0"), 5))
        .isEqualTo(new Verdict(Kind.INCOMPLETE, "StreamMaxLength"));
    assertThat(scan(early("INSTREAM size limit exceeded. ERROR\0"), 20_000_000))
        .isEqualTo(new Verdict(Kind.INCOMPLETE, "StreamMaxLength"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0",
        "stream: OK",
        "stream: OK\n",
        "stream: OK\0stream: Eicar FOUND\0",
        "stream: ok\0",
        " stream: OK\0",
        "stream: FOUND\0",
        "PONG\0",
        "UNKNOWN COMMAND\0",
        "stream: Can't allocate memory ERROR\0",
        "COMMAND READ TIMED OUT\0",
        "HTTP/1.1 400 Bad Request\r\n\r\n"
      })
  void takes_no_odd_answer_for_clean(String answer) {
    assertThatThrownBy(() -> scan(after(answer), 5)).isInstanceOf(IOException.class);
  }

  @Test
  void reads_no_answer_without_end() {
    assertThatThrownBy(() -> scan(after("x".repeat(100_000)), 5)).hasMessageContaining("no end");
  }

  @Test
  void calls_nothing_clean_that_was_not_read_to_its_end() {
    assertThatThrownBy(() -> scan(early("stream: OK\0"), 20_000_000))
        .isInstanceOf(IOException.class);
  }

  @Test
  void asks_no_scanner_that_hides_what_exceeds_its_limits() throws IOException {
    try (ScannerPeer peer = answering(after("stream: OK\0"))) {
      assertThatThrownBy(() -> clamd(peer, PATIENT).scan(file(5)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("AlertExceedsMax");
      assertThat(peer.received()).hasSize(1);
    }
  }

  @Test
  void waits_for_no_answer_for_ever() throws IOException {
    var limits = new Clamd.Limits(LONG, LONG, LONG, SHORT);
    try (ScannerPeer peer = answering(LIMITS, silence())) {
      assertThatThrownBy(() -> clamd(peer, limits).scan(file(5)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void sends_no_byte_for_ever() throws IOException {
    var limits = new Clamd.Limits(LONG, SHORT, LONG, LONG);
    try (ScannerPeer peer = answering(LIMITS, deafness())) {
      assertThatThrownBy(() -> clamd(peer, limits).scan(file(20_000_000)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void tells_that_nobody_is_there() throws IOException {
    ScannerPeer peer = answering(LIMITS);
    peer.close();
    assertThatThrownBy(() -> clamd(peer, PATIENT).scan(file(5)))
        .isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> new Clamd("no-such-host.invalid", 3310, PATIENT).scan(file(5)))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void tells_that_the_scanner_hangs_up() {
    assertThatThrownBy(() -> scan(after(""), 5)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> scan(early(""), 20_000_000)).isInstanceOf(IOException.class);
  }
}
