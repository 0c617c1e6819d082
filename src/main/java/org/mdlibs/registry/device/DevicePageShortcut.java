package org.mdlibs.registry.device;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Leads {@code /device}, which people type, to {@code /device/}; without naming a host, as the
 * container would do, which behind a proxy knows neither the scheme nor the name.
 */
public class DevicePageShortcut extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    String query = request.getQueryString();
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", "device/" + (query == null ? "" : "?" + query));
  }
}
