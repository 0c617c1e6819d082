package org.mdlibs.registry.audit;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.problem.Problem;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.problem.RequestId;

/**
 * Records the writes that a known caller tried and may not do, whichever operation refused him; as
 * many a minute as {@link DenialLimit} lets through.
 */
@Provider
public class DeniedAccess implements ContainerResponseFilter {
  private static final Logger LOG = Logger.getLogger(DeniedAccess.class.getName());
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
    Problem problem = Problem.of(servletRequest).orElse(null);
    if (caller.isAnonymous() || problem == null || problem.type() != ProblemType.FORBIDDEN) {
      return;
    }
    DenialLimit.Decision decision = limit.count(caller.id());
    if (decision == DenialLimit.Decision.DROP) {
      return;
    }
    String detail =
        decision == DenialLimit.Decision.RECORD_AS_LAST
            ? "further attempts of this minute are not recorded"
            : problem.detail();
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
}
