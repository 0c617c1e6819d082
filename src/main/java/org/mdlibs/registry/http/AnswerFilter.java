package org.mdlibs.registry.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import org.mdlibs.registry.config.AllowedOrigins;
import org.mdlibs.registry.config.RegistryConfig;

/**
 * Gives every answer its headers, and answers the question that a browser asks before the page of
 * another site may call: the CORS preflight of the Fetch Standard §3.2, which carries no
 * credentials, whatever path it is about.
 */
public class AnswerFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
  private static final String HEADERS =
      "Accept, Authorization, Content-Type, If-None-Match, If-Range, Range, X-CSRF-Token,"
          + " X-Request-Id";

  /** How long a browser need not ask again; longer than an hour some do not keep it. */
  private static final String MAX_AGE = Long.toString(Duration.ofHours(1).toSeconds());

  @Inject private transient AnswerHeaders headers;
  @Inject private transient RegistryConfig config;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    headers.mark(request, response);
    AllowedOrigins origins = config.http().origins();
    if (isPreflight(request) && origins.allow(request.getHeader("Origin"))) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      response.setHeader("Access-Control-Allow-Methods", METHODS);
      response.setHeader("Access-Control-Allow-Headers", HEADERS);
      response.setHeader("Access-Control-Max-Age", MAX_AGE);
      return;
    }
    chain.doFilter(
        request, origins.isEmpty() || origins.isAny() ? response : new VaryOrigin(response));
  }

  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  /** Whoever says what else an answer varies with must not take away that it does with this. */
  private static final class VaryOrigin extends HttpServletResponseWrapper {
    private static final String VARY = "Vary";

    VaryOrigin(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setHeader(String name, String value) {
      super.setHeader(name, name.equalsIgnoreCase(VARY) ? value + ", Origin" : value);
    }
  }
}
