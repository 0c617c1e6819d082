package org.mdlibs.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * One request and its answer.
 *
 * <p>Over {@link HttpURLConnection}, not {@code java.net.http}: a first GET was measured at 0.1 s
 * against 0.7 to 0.95 s, which a command line pays on every run (docs/adr/0007).
 *
 * <ul>
 *   <li>The token goes to the origin (scheme, host, port) of the registry that it belongs to and
 *       nowhere else: redirects are followed here, not by the JDK.
 *   <li>Redirects are followed at most 5 times, and only within that origin. GET and HEAD follow
 *       each kind, PUT and DELETE those that keep the method (307, 308), POST none.
 *   <li>A download alone may be led elsewhere (to a storage), without the token and never from
 *       https to http: what it brings is checked against a SHA-256 that the registry itself told.
 *   <li>GET, HEAD, PUT and DELETE are tried up to 4 times when the connection fails or the answer
 *       is 429; {@code Retry-After} is honoured up to a minute. POST is sent once.
 * </ul>
 */
final class Http {
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_ATTEMPTS = 4;

  /** Up to here (bytes) the JDK may hold a body, which lets it tell the body of a 401. */
  private static final long BUFFERED_BODY = 64 * 1024;

  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,8192}");
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Set<String> SAFE = Set.of("GET", "HEAD");
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> SAME_METHOD = Set.of(307, 308);
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE");

  static {
    // The JDK would repeat a POST by itself when a kept-alive connection breaks.
    System.setProperty("sun.net.http.retryPost", "false");
  }

  private final Registry registry;
  private final String token;
  private final Duration timeout;
  private final Connector connector;
  private final Waiter waiter;
  private final Terminal trace;
  private final BiConsumer<URI, URI> moved;

  /** Lets time pass between two attempts. */
  interface Waiter {
    void await(Duration duration);
  }

  /** A body that knows its length, so that it is streamed and never held in memory. */
  interface Body {
    String contentType();

    long length();

    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Makes the transport of one registry.
   *
   * @param token or null
   * @param trace where to tell each request, or null
   * @param moved is told of each address that leads for good (308) to another of the registry
   */
  Http(
      Registry registry,
      String token,
      Duration timeout,
      Connector connector,
      Waiter waiter,
      Terminal trace,
      BiConsumer<URI, URI> moved) {
    if (token != null && !TOKEN.matcher(token).matches()) {
      // Told without the token; the JDK's own complaint would print it.
      throw new Failure(
          ExitCode.USAGE,
          "The token for " + registry + " holds characters that no token has.",
          "Copy it again, whole and alone.");
    }
    this.registry = registry;
    this.token = token;
    this.timeout = timeout;
    this.connector = connector;
    this.waiter = waiter;
    this.trace = trace;
    this.moved = moved;
  }

  /** Straight to the registry, by no proxy and with the certificates that Java trusts. */
  Http(
      Registry registry,
      String token,
      Duration timeout,
      boolean insecure,
      Waiter waiter,
      Terminal trace,
      BiConsumer<URI, URI> moved) {
    this(registry, token, timeout, Connector.direct(insecure), waiter, trace, moved);
  }

  Registry registry() {
    return registry;
  }

  /** An answer whose body is still to be read; closing it ends the connection's use. */
  static final class Answer implements AutoCloseable {
    private final HttpURLConnection connection;
    private final int status;
    private final InputStream body;

    private Answer(HttpURLConnection connection, int status, InputStream body) {
      this.connection = connection;
      this.status = status;
      this.body = body == null ? new ByteArrayInputStream(new byte[0]) : body;
    }

    int status() {
      return status;
    }

    InputStream body() {
      return body;
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(connection.getHeaderField(name));
    }

    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException e) {
        // What was needed has been read; the connection is not used again.
        connection.disconnect();
      }
    }
  }

  /**
   * Sends a request.
   *
   * @param path below the registry's URL, encoded, with its query
   * @param body or null
   * @return the answer, whatever its status, unless it is a redirect that was followed
   * @throws Failure with exit code 6 when no answer can be had
   */
  Answer send(String method, String path, Map<String, String> headers, Body body) {
    return send(method, path, headers, body, false);
  }

  /** GETs what may lie elsewhere; otherwise as {@link #send(String, String, Map, Body)}. */
  Answer download(String path, Map<String, String> headers) {
    return send("GET", path, headers, null, true);
  }

  private Answer send(
      String method, String path, Map<String, String> headers, Body body, boolean anywhere) {
    URI uri = URI.create(registry.url() + path);
    boolean repeatable = IDEMPOTENT.contains(method);
    for (int attempt = 1; ; attempt++) {
      try {
        Answer answer = follow(method, uri, headers, body, anywhere);
        if (answer.status() != 429 || !repeatable || attempt == MAX_ATTEMPTS) {
          return answer;
        }
        Duration wait = retryAfter(answer).orElse(backOff(attempt));
        if (wait.compareTo(LONGEST_WAIT) > 0) {
          return answer;
        }
        answer.close();
        waiter.await(wait);
      } catch (IOException e) {
        boolean transientFault = !(e instanceof SSLException);
        if (!repeatable || !transientFault || attempt == MAX_ATTEMPTS) {
          throw NoAnswer.failure(registry, connector.way(uri), timeout, e);
        }
        waiter.await(backOff(attempt));
      }
    }
  }

  private static Duration backOff(int attempt) {
    return Duration.ofMillis(100L << attempt);
  }

  /** The header's seconds (RFC 9110 §10.2.3); its other form, a date, is not sent by registries. */
  private static Optional<Duration> retryAfter(Answer answer) {
    return answer
        .header("Retry-After")
        .map(String::strip)
        .filter(v -> v.matches("[0-9]{1,9}"))
        .map(v -> Duration.ofSeconds(Long.parseLong(v)));
  }

  private Answer follow(
      String method, URI start, Map<String, String> headers, Body body, boolean anywhere)
      throws IOException {
    URI uri = start;
    for (int hop = 0; ; hop++) {
      Answer answer = exchange(method, uri, headers, body);
      Optional<String> location = answer.header("Location");
      if (!follows(method, answer.status()) || location.isEmpty()) {
        return answer;
      }
      answer.close();
      URI next;
      try {
        next = uri.resolve(location.get());
      } catch (IllegalArgumentException e) {
        throw misled("to an address that is none", e);
      }
      String scheme = String.valueOf(next.getScheme());
      if (hop == MAX_REDIRECTS) {
        throw misled("more than " + MAX_REDIRECTS + " times", null);
      }
      if (!scheme.equals("https") && !(scheme.equals("http") && uri.getScheme().equals("http"))) {
        throw misled("from " + uri.getScheme() + " to " + scheme, null);
      }
      if (registry.isHomeOf(next)) {
        if (answer.status() == 308) {
          moved.accept(uri, next);
        }
      } else if (!anywhere) {
        throw misled("to another address, " + origin(next), null);
      }
      uri = next;
    }
  }

  private static boolean follows(String method, int status) {
    return SAFE.contains(method)
        ? REDIRECTS.contains(status)
        : IDEMPOTENT.contains(method) && SAME_METHOD.contains(status);
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private Failure misled(String how, Exception cause) {
    return new Failure(
        ExitCode.NETWORK,
        "The registry " + registry + " redirects " + how + ".",
        "Check its address: mdlibs registry list",
        cause);
  }

  private Answer exchange(String method, URI uri, Map<String, String> headers, Body body)
      throws IOException {
    if (trace != null) {
      trace.note("> " + method + " " + uri);
    }
    HttpURLConnection connection = connector.open(uri);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setRequestMethod(method);
    connection.setRequestProperty("User-Agent", "mdlibs-cli/" + Mdlibs.version());
    headers.forEach(connection::setRequestProperty);
    if (token != null && registry.isHomeOf(uri)) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    int status;
    try {
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", body.contentType());
        if (body.length() > BUFFERED_BODY) {
          connection.setFixedLengthStreamingMode(body.length());
        }
        try (OutputStream out = connection.getOutputStream()) {
          body.writeTo(out);
        }
      }
      status = connection.getResponseCode();
    } catch (HttpRetryException e) {
      // The JDK keeps the body of a 401 to a streamed request to itself; the status says enough.
      return new Answer(connection, e.responseCode(), null);
    }
    if (status < 0) {
      throw new IOException("the answer is not HTTP");
    }
    if (trace != null) {
      String id = connection.getHeaderField("X-Request-Id");
      trace.note("< " + status + (id == null ? "" : " request " + id));
    }
    return new Answer(
        connection,
        status,
        status >= 400 ? connection.getErrorStream() : connection.getInputStream());
  }
}
