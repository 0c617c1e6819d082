package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An upload that goes on when the test wants it to. */
final class SlowUpload implements AutoCloseable {
  private static final String BOUNDARY = "a-boundary-that-no-archive-holds";
  private static final int NOISE_BYTES = 36_000_000;

  private final Socket socket;
  private final byte[] body;
  private int sent;

  /** Sends the first half of an archive of some 50 MB. */
  SlowUpload(KilledServer server, String token, String name) throws IOException {
    var form = new ByteArrayOutputStream();
    form.writeBytes(part("name=\"name\""));
    form.writeBytes((name + "\r\n").getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(part("name=\"version\""));
    form.writeBytes("1.0.0\r\n".getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(part("name=\"file\"; filename=\"large.tar.gz\""));
    form.writeBytes(archive());
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    body = form.toByteArray();
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    String head =
        """
        POST /api/v1/libraries HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: multipart/form-data; boundary=%s\r
        Content-Length: %d\r
        \r
        """
            .formatted(token, BOUNDARY, body.length);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    send(body.length / 2);
  }

  private static byte[] part(String disposition) {
    return ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Text that gzip was told not to make smaller. */
  private static byte[] archive() throws IOException {
    byte[] noise = new byte[NOISE_BYTES];
    new Random(1).nextBytes(noise);
    byte[] page = Base64.getMimeEncoder().encode(noise);
    var bytes = new ByteArrayOutputStream();
    var gzip =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.NO_COMPRESSION);
          }
        };
    try (var tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
      var entry = new TarArchiveEntry("page.md");
      entry.setSize(page.length);
      tar.putArchiveEntry(entry);
      tar.write(page);
      tar.closeArchiveEntry();
    }
    assertThat(bytes.size()).isBetween(45_000_000, 55_000_000);
    return bytes.toByteArray();
  }

  private void send(int until) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(body, sent, until - sent);
    out.flush();
    sent = until;
  }

  /** Sends the rest, and reads the first line of the answer. */
  String finish() throws IOException {
    send(body.length);
    var line = new StringBuilder();
    for (int c = socket.getInputStream().read();
        c >= 0 && c != '\r';
        c = socket.getInputStream().read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /** Whether the server went away without having stored it. */
  boolean isCutOff() {
    try {
      return !finish().startsWith("HTTP/1.1 2");
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
