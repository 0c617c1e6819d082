package org.mdlibs.registry.log;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.mdlibs.registry.access.Callers;

/**
 * The outermost filter: has each request told of. Those whose credentials are refused do not come
 * as far as filters: the authentication tells of them.
 */
public class AccessFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient AccessLog log;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (Callers.areRefused(request)) {
      // Open Liberty goes on with those, where anybody is let in.
      return;
    }
    var counted = new CountingResponse(response);
    boolean failed = true;
    log.begin();
    try {
      chain.doFilter(request, counted);
      failed = false;
    } finally {
      // What was not begun is answered by the container now.
      int status = failed && !counted.isCommitted() ? 500 : counted.getStatus();
      log.end(request, status, request.getMethod().equals("HEAD") ? 0 : counted.bytes());
    }
  }
}
