package org.mdlibs.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on the loopback interface that answers what a test says. */
final class LoopbackServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answerer> answers = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /** A request that came. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Seen(String line, Optional<String> authorization, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  /** An answer to be given. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Given(int status, Map<String, String> headers, byte[] body) {
    static Given json(int status, String text) {
      return new Given(
          status,
          Map.of("Content-Type", status < 400 ? "application/json" : "application/problem+json"),
          text.getBytes(StandardCharsets.UTF_8));
    }

    static Given bytes(byte[] body) {
      return new Given(200, Map.of("Content-Type", "application/gzip"), body);
    }

    static Given redirect(String location) {
      return new Given(302, Map.of("Location", location), new byte[0]);
    }
  }

  /** Decides on an answer from how often it was asked before. */
  interface Answerer {
    Given answer(int times);
  }

  LoopbackServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Answers a request line such as {@code GET /api/v1/users/me} ever after. */
  LoopbackServer on(String line, Given given) {
    return on(line, times -> given);
  }

  LoopbackServer on(String line, Answerer answerer) {
    answers.put(line, answerer);
    return this;
  }

  List<Seen> seen() {
    return seen;
  }

  List<String> lines() {
    return seen.stream().map(Seen::line).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    int times = (int) seen.stream().filter(s -> s.line().equals(line)).count();
    seen.add(
        new Seen(
            line,
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
            exchange.getRequestBody().readAllBytes()));
    Answerer answerer = answers.get(line);
    Given given =
        answerer == null
            ? Given.json(404, "{\"title\":\"There is nothing here\",\"code\":\"NOT_FOUND\"}")
            : answerer.answer(times);
    given.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean bodiless = given.status() == 204 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(given.status(), bodiless ? -1 : given.body().length);
    if (!bodiless && given.body().length > 0) {
      exchange.getResponseBody().write(given.body());
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
