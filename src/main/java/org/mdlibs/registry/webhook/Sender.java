package org.mdlibs.registry.webhook;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts a body to a receiver and reads the status of its answer, and nothing else of it. Redirects
 * are not followed. Everything together takes at most {@link #TIMEOUT}, unless the system's look-up
 * of a name takes longer, which nothing ends: the attempt is late then as soon as it is over.
 *
 * <p>HTTP/1.1 by hand (RFC 9112), since Java's clients look the name up themselves: here the
 * address that was checked is the one that is connected to. TLS still asks for the name's
 * certificate.
 */
@ApplicationScoped
public class Sender {
  private static final Logger LOG = Logger.getLogger(Sender.class.getName());

  /** From the look-up of the name to the status. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int MAX_STATUS_LINE = 1_000;
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])( .*)?");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final Destination destination;
  private final ScheduledExecutorService ownClock;
  private final Duration timeout;
  private final SSLSocketFactory tls;
  @Resource private ManagedScheduledExecutorService clock;

  /**
   * What became of an attempt.
   *
   * @param status of the answer, or null when there was none
   * @param failure as {@link DeliveryPage.Delivered} has it, or null
   */
  public record Reply(Integer status, String failure) {
    /** Whether the receiver took it. */
    public boolean isTaken() {
      return failure == null;
    }
  }

  @Inject
  public Sender(Destination destination) {
    this(destination, null, TIMEOUT, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  Sender(
      Destination destination,
      ScheduledExecutorService ownClock,
      Duration timeout,
      SSLSocketFactory tls) {
    this.destination = destination;
    this.ownClock = ownClock;
    this.timeout = timeout;
    this.tls = tls;
  }

  /** For the container's proxy. */
  protected Sender() {
    this(null);
  }

  /** Posts a body with some headers. */
  Reply post(URI uri, Map<String, String> headers, String body) {
    var isLate = new AtomicBoolean();
    try (var socket = new Socket()) {
      Future<?> end =
          (ownClock == null ? clock : ownClock)
              .schedule(() -> giveUp(socket, isLate), timeout.toMillis(), TimeUnit.MILLISECONDS);
      try {
        int status = post(socket, uri, headers, body.getBytes(StandardCharsets.UTF_8));
        return new Reply(status, status / 100 == 2 ? null : "status");
      } finally {
        end.cancel(false);
      }
    } catch (IOException e) {
      return new Reply(null, isLate.get() ? "timeout" : reason(e));
    } catch (RuntimeException e) {
      // Whatever a URL does to Java's own classes is a try that failed, and is counted as one.
      LOG.log(Level.WARNING, e, () -> "a webhook could not be sent to " + uri.getHost());
      return new Reply(null, "connection");
    }
  }

  /** Ends whatever waits on the socket. */
  private static void giveUp(Socket socket, AtomicBoolean isLate) {
    isLate.set(true);
    try {
      socket.close();
    } catch (IOException e) {
      // It is given up anyway.
    }
  }

  private static String reason(IOException e) {
    if (e instanceof Destination.Refused) {
      return "address_refused";
    }
    if (e instanceof UnknownHostException) {
      return "unknown_host";
    }
    return e instanceof SSLException ? "tls" : "connection";
  }

  private int post(Socket socket, URI uri, Map<String, String> headers, byte[] body)
      throws IOException {
    boolean isTls = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() > 0 ? uri.getPort() : isTls ? HTTPS_PORT : HTTP_PORT;
    InetAddress address = destination.resolve(uri);
    socket.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
    socket.setSoTimeout((int) timeout.toMillis());
    Socket channel = isTls ? tls(socket, uri.getHost(), port) : socket;
    var out = channel.getOutputStream();
    out.write(head(uri, headers, body.length).getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    return status(channel.getInputStream());
  }

  private Socket tls(Socket socket, String host, int port) throws IOException {
    boolean isIpv6 = host.startsWith("[");
    String plain = isIpv6 ? host.substring(1, host.length() - 1) : host;
    var channel = (SSLSocket) tls.createSocket(socket, plain, port, true);
    SSLParameters parameters = channel.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!isIpv6 && !host.matches("[0-9.]+")) {
      parameters.setServerNames(List.of(new SNIHostName(host)));
    }
    channel.setSSLParameters(parameters);
    channel.startHandshake();
    return channel;
  }

  private static String head(URI uri, Map<String, String> headers, int length) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    var head = new StringBuilder("POST " + path + query + " HTTP/1.1\r\n");
    head.append("Host: ").append(uri.getRawAuthority()).append("\r\n");
    head.append("Content-Type: application/json\r\n");
    head.append("Content-Length: ").append(length).append("\r\n");
    head.append("User-Agent: mdlibs-registry\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("Connection: close\r\n\r\n").toString();
  }

  /** The status; interim answers (RFC 9110 §15.2) are read past. */
  private static int status(InputStream in) throws IOException {
    int status;
    do {
      Matcher matcher = STATUS_LINE.matcher(line(in));
      if (!matcher.matches()) {
        throw new IOException("no answer of HTTP/1.1");
      }
      status = Integer.parseInt(matcher.group(1));
      if (status < 200) {
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
          // Nothing that an interim answer says is wanted.
        }
      }
    } while (status < 200);
    return status;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() >= MAX_STATUS_LINE) {
        throw new IOException("no answer of HTTP/1.1");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
