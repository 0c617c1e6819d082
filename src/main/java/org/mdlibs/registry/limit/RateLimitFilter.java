package org.mdlibs.registry.limit;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.mdlibs.registry.problem.Problem;

/**
 * Counts every call of the interface, before anything is done for it: 429 when there were too many.
 * What lets people in, and publishing, are counted once more where it is known whose they are.
 */
public class RateLimitFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient RateLimits limits;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<Verdict> verdict = limits.take(BucketKey.of(request));
    if (verdict.isPresent()) {
      verdict.get().tell(response);
      if (!verdict.get().allowed()) {
        Problem.send(verdict.get().refusal(), request, response);
        return;
      }
    }
    RateLimits.note(request, response);
    chain.doFilter(request, response);
  }
}
