package org.mdlibs.registry.problem;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers everything that no rule of the registry threw: what JAX-RS itself refuses keeps its
 * status; a database that is away is 503; the rest is logged once with the request id and answered
 * with the id, never with its message.
 */
@Provider
public class UnexpectedMapper implements ExceptionMapper<Throwable> {
  /** What to do where a caller is wanted: the same whether the server or the registry asks. */
  public static final String LOG_IN = "Log in and send 'Authorization: Bearer' with the token.";

  /** What to do where a role is wanted. */
  public static final String ASK_ADMINISTRATOR =
      "Ask an administrator: your account may not do this.";

  private static final Logger LOG = Logger.getLogger(UnexpectedMapper.class.getName());

  @Inject private HttpServletRequest request;
  @Inject private PathMethods methods;

  @Override
  public Response toResponse(Throwable e) {
    String id = RequestId.of(request);
    if (e instanceof WebApplicationException refusal && refusal.getResponse().getStatus() < 500) {
      return refusal(refusal.getResponse(), id);
    }
    return ProblemMapper.response(problem(e, id));
  }

  /** The problem that stands for a failure, which is logged with the request id. */
  public static Problem problem(Throwable e, String id) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return Problem.of(problem, id);
      }
    }
    ProblemType type = ofFailure(e);
    if (type == ProblemType.DATABASE_UNAVAILABLE) {
      // Told by each request while it lasts: the reason alone.
      LOG.warning(() -> "request_id=" + id + " failed as " + type + ": " + rootOf(e));
    } else {
      LOG.log(Level.SEVERE, e, () -> "request_id=" + id + " failed as " + type);
    }
    return new Problem(type, detail(type) + " The request id is " + id + ".", id, List.of());
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Which problem an unexpected failure is. */
  public static ProblemType ofFailure(Throwable e) {
    if (DatabaseFailure.isFull(e)) {
      return ProblemType.STORAGE_FULL;
    }
    return DatabaseFailure.isUnavailable(e)
        ? ProblemType.DATABASE_UNAVAILABLE
        : ProblemType.INTERNAL_ERROR;
  }

  private static String detail(ProblemType type) {
    return type == ProblemType.DATABASE_UNAVAILABLE
        ? "Try again in a moment."
        : "Tell the operators of this registry.";
  }

  private Response refusal(Response refused, String id) {
    ProblemType type = ProblemType.ofStatus(refused.getStatus());
    String told = refused.getHeaderString(HttpHeaders.ALLOW);
    String allow = told == null ? null : methods.of(request.getRequestURI()).orElse(told);
    String detail =
        switch (type) {
          case NOT_FOUND -> "No resource has this path; see /openapi for those that exist.";
          case METHOD_NOT_ALLOWED -> "This path takes " + allow + ".";
          case NOT_ACCEPTABLE -> "Ask for application/json.";
          case UNSUPPORTED_MEDIA_TYPE -> "Send the content type that the operation names.";
          case AUTHENTICATION_REQUIRED -> LOG_IN;
          case FORBIDDEN -> ASK_ADMINISTRATOR;
          default -> "See /openapi for what this operation takes.";
        };
    Response response = ProblemMapper.response(new Problem(type, detail, id, List.of()));
    if (allow != null) {
      return Response.fromResponse(response).header(HttpHeaders.ALLOW, allow).build();
    }
    return response;
  }
}
