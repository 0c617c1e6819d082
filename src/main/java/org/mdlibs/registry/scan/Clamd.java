package org.mdlibs.registry.scan;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/**
 * The command {@code INSTREAM} of clamd over TCP (clamd(8)): chunks, each with its length before
 * it, and one of length zero; the answer ends with a NUL.
 */
final class Clamd {
  private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
  private static final int CHUNK_BYTES = 1 << 16;

  /** More than clamd's {@code MaxRecursion} can be set to. */
  private static final int NESTED_LEVELS = 110;

  private static final byte[] NESTED = nested();

  private final String host;
  private final int port;
  private final Limits limits;

  /**
   * How long to wait.
   *
   * @param connect for a connection
   * @param send while clamd takes no bytes
   * @param probe for the answer about a few bytes
   * @param answer for the answer about an archive; more than clamd's {@code MaxScanTime}
   */
  record Limits(Duration connect, Duration send, Duration probe, Duration answer) {
    static final Limits STANDARD =
        new Limits(
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(150));
  }

  Clamd(String host, int port, Limits limits) {
    this.host = host;
    this.port = port;
    this.limits = limits;
  }

  /**
   * Scans a file.
   *
   * @throws IOException when nobody can tell: the scanner is away, hangs, fails, or would not say
   *     that it skipped something
   */
  Verdict scan(Path file) throws IOException {
    probe();
    try (InputStream in = Files.newInputStream(file)) {
      return scan(in, limits.answer());
    }
  }

  /**
   * Sees that clamd scans, and that it reports what exceeds its limits. By its own default it lets
   * that pass as clean; nothing but its answer to such a thing tells which way it is configured.
   *
   * @throws IOException when it does not
   */
  void probe() throws IOException {
    Verdict verdict = scan(new ByteArrayInputStream(NESTED), limits.probe());
    if (verdict.kind() != Verdict.Kind.INCOMPLETE) {
      throw new IOException(
          "clamd at %s:%d does not report what exceeds its limits: set 'AlertExceedsMax yes'"
              .formatted(host, port));
    }
  }

  private Verdict scan(InputStream bytes, Duration limit) throws IOException {
    try (var connection = ClamdConnection.open(host, port, limits.connect())) {
      boolean complete;
      try {
        complete = send(bytes, connection);
      } catch (IOException e) {
        return early(connection, e);
      }
      return complete ? Verdict.of(connection.answer(limit)) : early(connection, null);
    }
  }

  /** Sends until the end, or until there is an answer before it. */
  private boolean send(InputStream bytes, ClamdConnection connection) throws IOException {
    connection.send(ByteBuffer.wrap(COMMAND), limits.send());
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int count = bytes.read(chunk); count > 0; count = bytes.read(chunk)) {
      if (connection.isAnswered()) {
        return false;
      }
      connection.send(ByteBuffer.allocate(Integer.BYTES).putInt(0, count), limits.send());
      connection.send(ByteBuffer.wrap(chunk, 0, count), limits.send());
    }
    connection.send(ByteBuffer.allocate(Integer.BYTES), limits.send());
    return true;
  }

  /** What clamd said before it had read all, which it does of what is too long for it. */
  private Verdict early(ClamdConnection connection, IOException failure) throws IOException {
    try {
      Verdict verdict = Verdict.of(connection.answer(limits.connect()));
      if (verdict.kind() != Verdict.Kind.CLEAN) {
        return verdict;
      }
      throw new IOException("clamd calls a part clean");
    } catch (IOException e) {
      if (failure != null) {
        e.addSuppressed(failure);
      }
      throw e;
    }
  }

  private static byte[] nested() {
    byte[] content = {'x'};
    for (int level = 0; level < NESTED_LEVELS; level++) {
      var bytes = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(bytes)) {
        gzip.write(content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      content = bytes.toByteArray();
    }
    return content;
  }
}
