package org.mdlibs.registry.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.mdlibs.registry.problem.Problem;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Counts the requests under way, and refuses new ones while the server stops: 503, and the
 * connection is closed. Health is told to the end: by it is seen when the last request is done.
 */
public class StopFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  @Inject private transient Traffic traffic;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getServletPath().startsWith("/health")) {
      chain.doFilter(request, response);
      return;
    }
    if (!traffic.enter()) {
      response.setHeader("Connection", "close");
      Problem.send(
          new ProblemException(ProblemType.STOPPING, "Try again: this server stops.", RETRY_AFTER),
          request,
          response);
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      traffic.leave();
    }
  }
}
