package org.mdlibs.registry.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The headers of every answer, whoever gives it: the id of its request, and what makes a browser
 * careful. The policy is that of an answer which is no page; a page sets its own over it.
 */
public final class CarefulHeaders {
  private CarefulHeaders() {}

  /**
   * Sets them.
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
