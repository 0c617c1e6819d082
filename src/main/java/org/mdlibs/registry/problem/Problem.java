package org.mdlibs.registry.problem;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A problem as it goes over the wire: {@code application/problem+json}, <a
 * href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>.
 *
 * @param type which problem of the catalogue
 * @param detail one sentence that says what to do
 * @param requestId the id of the request, the {@code instance} of the problem
 * @param faults the faults of an invalid input
 * @param retryAfter after which time the same request may succeed, or null
 * @param figures of a limit, by the names of their members (RFC 9457 §3.2); empty for most
 */
public record Problem(
    ProblemType type,
    String detail,
    String requestId,
    List<Fault> faults,
    Duration retryAfter,
    Map<String, Long> figures) {
  private static final JsonProvider JSON = JsonProvider.provider();

  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The challenge that goes with every 401 (RFC 6750 §3). */
  private static final String CHALLENGE = "Bearer realm=\"mdlibs\"";

  /** A problem that no waiting solves. */
  public Problem(ProblemType type, String detail, String requestId, List<Fault> faults) {
    this(type, detail, requestId, faults, null, Map.of());
  }

  public static Problem of(ProblemException e, String requestId) {
    return new Problem(
        e.type(), e.getMessage(), requestId, e.faults(), e.retryAfter(), e.figures());
  }

  /** The JSON of the problem. */
  public String toJson() {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("type", type.urn())
            .add("title", type.title())
            .add("status", type.status())
            .add("detail", detail)
            .add("instance", requestId)
            .add("code", type.name());
    if (oauthError() != null) {
      json.add("error", oauthError());
    }
    new TreeMap<>(figures).forEach(json::add);
    if (!faults.isEmpty()) {
      var errors = JSON.createArrayBuilder();
      for (Fault fault : faults) {
        errors.add(
            JSON.createObjectBuilder().add("field", fault.field()).add("message", fault.message()));
      }
      json.add("errors", errors);
    }
    return json.build().toString();
  }

  /** The {@code WWW-Authenticate} that this problem needs, or null when it is no 401. */
  public String challenge() {
    return switch (type) {
      case INVALID_TOKEN, TOKEN_EXPIRED ->
          CHALLENGE + ", error=\"invalid_token\", error_description=\"" + type.title() + "\"";
      default -> type.status() == 401 ? CHALLENGE : null;
    };
  }

  /** The {@code Retry-After} in whole seconds, at least 1, or null (RFC 9110 §10.2.3). */
  public String retryAfterSeconds() {
    return retryAfter == null
        ? null
        : String.valueOf(Math.max(1, retryAfter.plusMillis(999).toSeconds()));
  }

  /** The name that RFC 8628 §3.5 gives this problem, for its clients; null for all others. */
  private String oauthError() {
    return switch (type) {
      case AUTHORIZATION_PENDING, SLOW_DOWN, EXPIRED_TOKEN, ACCESS_DENIED, INVALID_GRANT ->
          type.name().toLowerCase(Locale.ROOT);
      default -> null;
    };
  }

  /**
   * Answers a servlet request with this problem. Does nothing when the answer has begun already.
   *
   * @return how many bytes the body has that was sent
   */
  public int sendTo(HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      return 0;
    }
    response.resetBuffer();
    response.setStatus(type.status());
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    if (challenge() != null) {
      response.setHeader("WWW-Authenticate", challenge());
    }
    if (retryAfter != null) {
      response.setHeader("Retry-After", retryAfterSeconds());
    }
    ProblemCounts.count(type);
    byte[] body = toJson().getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    return body.length;
  }

  /** Answers a servlet request with a problem that was thrown. */
  public static void send(
      ProblemException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    of(e, RequestId.of(request)).sendTo(response);
  }
}
