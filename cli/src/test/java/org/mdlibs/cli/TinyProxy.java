package org.mdlibs.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy that leads every host to one port of this machine, so that no test asks a name server.
 */
final class TinyProxy implements AutoCloseable {
  private static final String ASKS =
      """
      HTTP/1.1 407 Proxy Authentication Required
      Proxy-Authenticate: Basic realm="proxy"
      Content-Length: 0
      Connection: close

      """;

  private static final String HEADER = "Proxy-Authorization: ";

  private final ServerSocket socket;
  private final int target;
  private final String authorization;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * Starts one.
   *
   * @param authorization the {@code Proxy-Authorization} that it asks for, or null
   */
  TinyProxy(int target, String authorization) {
    this.target = target;
    this.authorization = authorization;
    try {
      this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  String address() {
    return "localhost:" + socket.getLocalPort();
  }

  /** The request heads that came, those that were refused too. */
  List<String> heads() {
    return heads;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      heads.add(head);
      OutputStream out = client.getOutputStream();
      if (authorization != null && !authorized(head)) {
        out.write(ASKS.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        return;
      }
      try (var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        if (head.startsWith("CONNECT ")) {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else {
          server.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        }
        threads.execute(() -> copy(client, server));
        server.getInputStream().transferTo(out);
      }
    } catch (IOException e) {
      // The client or the test is done with it.
    }
  }

  /** The names of headers have no case (RFC 9110 §5.1); the JDK writes this one in its own way. */
  private boolean authorized(String head) {
    return head.lines()
        .anyMatch(
            line ->
                line.regionMatches(true, 0, HEADER, 0, HEADER.length())
                    && line.substring(HEADER.length()).equals(authorization));
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // As above.
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("no request");
      }
      head.write(b);
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
