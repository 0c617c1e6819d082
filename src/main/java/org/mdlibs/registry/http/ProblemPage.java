package org.mdlibs.registry.http;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.mdlibs.registry.problem.Problem;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.problem.RequestId;
import org.mdlibs.registry.problem.UnexpectedMapper;

/**
 * The container's error page: whatever fails outside JAX-RS (an unknown path, a broken request) is
 * answered with a problem as well, never with the server's own page and banner.
 */
public class ProblemPage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient AnswerHeaders headers;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    ProblemType type = ProblemType.ofStatus(status instanceof Integer code ? code : 404);
    if (failure == null && isFromFiles(request)) {
      type = ProblemType.NOT_FOUND;
    } else if (type == ProblemType.INTERNAL_ERROR && failure instanceof Throwable e) {
      type = UnexpectedMapper.ofFailure(e);
    }
    String detail =
        switch (type) {
          case NOT_FOUND -> "No resource has this path; see /openapi for those that exist.";
          case INTERNAL_ERROR -> "Tell the operators of this registry.";
          default -> "See /openapi for what this operation takes.";
        };
    headers.mark(request, response);
    new Problem(type, detail, RequestId.of(request), List.of()).sendTo(response);
  }

  /**
   * Whether the container's servlet for files refused: what it answers to a method that it does not
   * take (403, 501) tells of itself, where nothing is.
   */
  private static boolean isFromFiles(HttpServletRequest request) {
    return "default".equals(request.getAttribute(RequestDispatcher.ERROR_SERVLET_NAME));
  }
}
