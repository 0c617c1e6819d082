package org.mdlibs.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Takes every body as a slow line would bring it, and answers 201. */
final class SlowServer implements AutoCloseable {
  /** A body takes so long at least, in milliseconds: more than a bar waits before it appears. */
  private static final int LEAST_MILLIS = 3000;

  private final HttpServer server;

  SlowServer(String answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          read(exchange.getRequestBody());
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(201, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private static void read(InputStream in) throws IOException {
    var buffer = new byte[512 * 1024];
    for (int n = 1; n > 0; n = in.readNBytes(buffer, 0, buffer.length)) {
      try {
        Thread.sleep(LEAST_MILLIS / 40);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
