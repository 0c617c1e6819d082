package org.mdlibs.registry.webhook;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Somebody who is told of events: answers with given statuses, then with 204. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

  /** A delivery that came. */
  record Told(Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.get(name).get(0);
    }
  }

  private Receiver(HttpServer server) {
    this.server = server;
  }

  static Receiver start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var receiver = new Receiver(server);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          receiver.told.add(
              new Told(
                  Map.copyOf(exchange.getRequestHeaders()),
                  new String(body, StandardCharsets.UTF_8)));
          Integer answer = receiver.answers.poll();
          exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
          exchange.close();
        });
    server.start();
    return receiver;
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/hook";
  }

  void answer(int... statuses) {
    for (int status : statuses) {
      answers.add(status);
    }
  }

  List<Told> told() {
    return told;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
