package org.mdlibs.registry.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Leads {@code /device} and {@code /docs}, which people type, to {@code /device/} and {@code
 * /docs/}; without naming a host, as the container would do, which behind a proxy knows neither the
 * scheme nor the name.
 */
public class PageShortcut extends ReadOnlyServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    String query = request.getQueryString();
    response.setStatus(HttpServletResponse.SC_FOUND);
    String page = request.getServletPath().substring(1) + "/";
    response.setHeader("Location", page + (query == null ? "" : "?" + query));
  }
}
