package org.mdlibs.registry.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Takes the body of a request that offers another protocol, as Java's own client offers HTTP/2 with
 * each first one. A server may go on with HTTP/1.1 as if nothing had been offered (RFC 9110 section
 * 7.8), but Payara then hands the body out as the connection brings it: with no end, and with the
 * marks of its chunks. {@link AnswerHeaders} ends the connection of each such request; where a
 * server does better, it ends early, and that is all.
 */
public class UpgradeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(isOffered(request) ? new BodyWithEnd(request) : request, response);
  }

  /** Whether a request offers another protocol in a way that a server may take up. */
  static boolean isOffered(HttpServletRequest request) {
    return request.getHeader("Upgrade") != null && "HTTP/1.1".equals(request.getProtocol());
  }
}
