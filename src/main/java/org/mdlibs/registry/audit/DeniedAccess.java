package org.mdlibs.registry.audit;

import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.StringReader;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.problem.RequestId;

/**
 * Records the writes that a known caller tried and may not do, whichever operation refused him; as
 * many a minute as {@link DenialLimit} lets through.
 */
@Provider
public class DeniedAccess implements ContainerResponseFilter {
  private static final Logger LOG = Logger.getLogger(DeniedAccess.class.getName());
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  @Inject private HttpServletRequest servletRequest;
  @Inject private AuditEvents events;
  @Inject private DenialLimit limit;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() != ProblemType.FORBIDDEN.status()
        || READING.contains(request.getMethod())) {
      return;
    }
    Caller caller = Callers.of(servletRequest);
    JsonObject problem = problem(response.getEntity());
    // Other problems of that status (a quota, say) are no attempts at what is somebody else's.
    if (caller.isAnonymous()
        || !problem.getString("code", "").equals(ProblemType.FORBIDDEN.name())) {
      return;
    }
    DenialLimit.Decision decision = limit.count(caller.id());
    if (decision == DenialLimit.Decision.DROP) {
      return;
    }
    String detail =
        decision == DenialLimit.Decision.RECORD_AS_LAST
            ? "further attempts of this minute are not recorded"
            : problem.getString("detail", null);
    // As it was sent: percent-encoded.
    String target = request.getMethod() + " " + servletRequest.getRequestURI();
    try {
      events.record(
          Origin.of(servletRequest),
          caller,
          AuditAction.ACCESS_DENIED,
          Outcome.DENIED,
          target,
          detail);
    } catch (RuntimeException e) {
      // The answer is right without the event.
      LOG.log(
          Level.WARNING,
          e,
          () -> "request_id=" + RequestId.of(servletRequest) + " was denied and is not recorded");
    }
  }

  /** The problem that is answered with, by now as its JSON. */
  private static JsonObject problem(Object entity) {
    try (var reader = JSON.createReader(new StringReader(String.valueOf(entity)))) {
      return reader.readObject();
    } catch (JsonException e) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
  }
}
