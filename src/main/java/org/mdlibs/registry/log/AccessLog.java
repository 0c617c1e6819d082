package org.mdlibs.registry.log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.access.ClientAddress;
import org.mdlibs.registry.metrics.Endpoint;
import org.mdlibs.registry.metrics.Metrics;

/**
 * Tells of each request that was answered: one line of the logger {@value #LOGGER}, and the
 * metrics. Neither has the path or the query as they were sent, which can hold secrets and anything
 * else, but the template of the endpoint.
 */
@ApplicationScoped
public class AccessLog {
  /** The name of the logger. */
  public static final String LOGGER = "mdlibs.access";

  private static final Logger LOG = Logger.getLogger(LOGGER);
  private static final String TOLD = AccessLog.class.getName();

  @Inject private Metrics metrics;

  /** A request was begun; {@link #end} follows. */
  void begin() {
    metrics.requestBegins();
  }

  /** A request that was begun was answered, or broken off. */
  void end(HttpServletRequest request, int status, long bytes) {
    metrics.requestEnds();
    tell(request, status, bytes);
  }

  /**
   * Tells of a request, once.
   *
   * @param bytes of the body that was sent
   */
  public void tell(HttpServletRequest request, int status, long bytes) {
    if (request.getAttribute(TOLD) != null) {
      return;
    }
    request.setAttribute(TOLD, true);
    long nanos = System.nanoTime() - RequestContext.begin(request);
    String endpoint = Endpoint.of(request, status);
    String method = Endpoint.method(request);
    metrics.requestTook(endpoint, method, status, nanos);
    if (LOG.isLoggable(Level.INFO)) {
      line(request, method, endpoint, status, bytes, Duration.ofNanos(nanos).toMillis());
    }
  }

  private static void line(
      HttpServletRequest request,
      String method,
      String endpoint,
      int status,
      long bytes,
      long milliseconds) {
    String message = method + " " + endpoint + " " + status;
    String address = ClientAddress.of(request);
    var members =
        new JsonLine()
            .add("method", method)
            .add("path", endpoint)
            .add("status", status)
            .add("duration_ms", milliseconds)
            .add("bytes", bytes)
            .add("address", address);
    String text =
        message + " duration_ms=" + milliseconds + " bytes=" + bytes + " address=" + address;
    new LogMembers(message, text, members).log(LOG, Level.INFO);
  }
}
