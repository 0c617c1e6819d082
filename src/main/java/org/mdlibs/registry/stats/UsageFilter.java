package org.mdlibs.registry.stats;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.mdlibs.registry.access.Callers;

/** Counts the calls of the interface by whose account they come from, whatever the answer. */
public class UsageFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient UsageCounter counter;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    counter.countCall(Callers.of(request));
    chain.doFilter(request, response);
  }

  /**
   * Writes what was counted. Here and not in the counter: of the beans of an application that
   * stops, filters end while enterprise beans still take calls.
   */
  @Override
  public void destroy() {
    counter.flush();
  }
}
