package org.mdlibs.registry.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Gives every answer the id of its request and the headers that make a browser careful. The policy
 * is that of an answer which is no page; a page sets its own over it.
 */
public class RequestIdFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    mark(request, response);
    chain.doFilter(request, response);
  }

  /**
   * Sets those headers; for answers that are given before any filter runs.
   *
   * <p>A server that adds its own name and version leaves a name that is there already.
   */
  public static void mark(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(RequestId.HEADER, RequestId.of(request));
    response.setHeader("Server", "mdlibs");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.setHeader("X-Frame-Options", "DENY");
  }
}
