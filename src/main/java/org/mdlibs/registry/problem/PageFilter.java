package org.mdlibs.registry.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * Gives pages the headers that keep them alone: no script but the registry's own, no frame around
 * them. The parameter {@code also} adds directives to the policy.
 */
public class PageFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!ReadOnlyServlet.isReading(request)) {
      ReadOnlyServlet.refuseMethod(request, response);
      return;
    }
    String also = getInitParameter("also");
    response.setHeader("Content-Security-Policy", also == null ? POLICY : POLICY + "; " + also);
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-cache");
    chain.doFilter(request, new UntaggedFile(response));
  }

  /** Servers differ in what they say of a file; a browser asks by its date, which all tell. */
  private static final class UntaggedFile extends HttpServletResponseWrapper {
    private static final Set<String> LEFT_OUT = Set.of("etag", "accept-ranges");

    UntaggedFile(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setHeader(String name, String value) {
      if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
        super.setHeader(name, value);
      }
    }

    @Override
    public void addHeader(String name, String value) {
      if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
        super.addHeader(name, value);
      }
    }
  }
}
