package org.mdlibs.registry.problem;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers a {@link ProblemException} with its problem. */
@Provider
public class ProblemMapper implements ExceptionMapper<ProblemException> {
  @Inject private HttpServletRequest request;

  @Override
  public Response toResponse(ProblemException e) {
    return response(Problem.of(e, RequestId.of(request)));
  }

  static Response response(Problem problem) {
    ProblemCounts.count(problem.type());
    var response =
        Response.status(problem.type().status())
            .type(Problem.MEDIA_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(problem.toJson());
    if (problem.challenge() != null) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, problem.challenge());
    }
    if (problem.retryAfter() != null) {
      response.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
    }
    return response.build();
  }
}
