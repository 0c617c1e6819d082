package org.mdlibs.registry.problem;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * A servlet that is read alone: it has {@code HEAD} and {@code OPTIONS} beside {@code GET}, and
 * refuses all others with 405 and {@code Allow} (RFC 9110 §15.5.6).
 */
public abstract class ReadOnlyServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final String ALLOWED = "GET, HEAD, OPTIONS";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (isReading(request)) {
      super.service(request, response);
      return;
    }
    refuseMethod(request, response);
  }

  /** Whether the method is {@code GET} or {@code HEAD}. */
  static boolean isReading(HttpServletRequest request) {
    return READING.contains(request.getMethod());
  }

  /** Answers a method other than {@code GET} and {@code HEAD}: 204 to {@code OPTIONS}, else 405. */
  public static void refuseMethod(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Allow", ALLOWED);
    if (request.getMethod().equals("OPTIONS")) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    new Problem(
            ProblemType.METHOD_NOT_ALLOWED,
            "This path takes " + ALLOWED + ".",
            RequestId.of(request),
            List.of())
        .sendTo(response);
  }
}
