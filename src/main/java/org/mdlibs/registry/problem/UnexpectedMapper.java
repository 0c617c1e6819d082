package org.mdlibs.registry.problem;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;
import java.sql.SQLTransientException;
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
  private static final Logger LOG = Logger.getLogger(UnexpectedMapper.class.getName());

  @Inject private HttpServletRequest request;

  @Override
  public Response toResponse(Throwable e) {
    String id = RequestId.of(request);
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return ProblemMapper.response(Problem.of(problem, id));
      }
    }
    if (e instanceof WebApplicationException refusal && refusal.getResponse().getStatus() < 500) {
      return refusal(refusal.getResponse(), id);
    }
    ProblemType type = ofFailure(e);
    LOG.log(Level.SEVERE, e, () -> "request_id=" + id + " failed as " + type);
    return ProblemMapper.response(
        new Problem(type, detail(type) + " The request id is " + id + ".", id, List.of()));
  }

  /** Which problem an unexpected failure is. */
  static ProblemType ofFailure(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && isUnavailable(sql)) {
        return ProblemType.DATABASE_UNAVAILABLE;
      }
      if (String.valueOf(cause.getMessage()).contains("Error in allocating a connection")) {
        return ProblemType.DATABASE_UNAVAILABLE;
      }
    }
    return ProblemType.INTERNAL_ERROR;
  }

  /** SQLSTATE classes 08 (connection), 53 (resources), 57P (operator intervention); SQLITE_BUSY. */
  private static boolean isUnavailable(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return e instanceof SQLTransientException
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P")
        || ((e.getErrorCode() & 0xff) == 5 && e.getClass().getName().startsWith("org.sqlite"));
  }

  private static String detail(ProblemType type) {
    return type == ProblemType.DATABASE_UNAVAILABLE
        ? "Try again in a moment."
        : "Tell the operators of this registry.";
  }

  private static Response refusal(Response refused, String id) {
    ProblemType type = ProblemType.ofStatus(refused.getStatus());
    String detail =
        switch (type) {
          case NOT_FOUND -> "No resource has this path; see /openapi for those that exist.";
          case METHOD_NOT_ALLOWED ->
              "This path takes " + refused.getHeaderString(HttpHeaders.ALLOW) + ".";
          case NOT_ACCEPTABLE -> "Ask for application/json.";
          case UNSUPPORTED_MEDIA_TYPE -> "Send the content type that the operation names.";
          case AUTHENTICATION_REQUIRED -> "Send 'Authorization: Bearer' with a token.";
          case FORBIDDEN -> "Your account does not have the role that this needs.";
          default -> "See /openapi for what this operation takes.";
        };
    Response response = ProblemMapper.response(new Problem(type, detail, id, List.of()));
    String allow = refused.getHeaderString(HttpHeaders.ALLOW);
    if (allow != null) {
      return Response.fromResponse(response).header(HttpHeaders.ALLOW, allow).build();
    }
    return response;
  }
}
