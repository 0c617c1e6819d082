package org.mdlibs.registry.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/** Tells by what browsers say of a request whether a page of this registry made it. */
@ApplicationScoped
public class SameOrigin {
  @Inject private RegistryConfig config;

  /**
   * Refuses a request that a page of another origin made. One that says nothing (no browser does
   * that any more) passes.
   *
   * @throws ProblemException {@link ProblemType#CSRF}
   */
  void check(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    if ((site != null && !site.equals("same-origin"))
        || (origin != null && !isOwn(origin, request))) {
      throw new ProblemException(ProblemType.CSRF, "Do this on a page of the registry itself.");
    }
  }

  /** By the host that the browser called: behind a proxy the registry knows no scheme. */
  private boolean isOwn(String origin, HttpServletRequest request) {
    Optional<String> authority = authority(origin);
    return authority.isPresent()
        && (authority.equals(Optional.ofNullable(request.getHeader("Host")))
            || authority.equals(config.url().flatMap(SameOrigin::authority)));
  }

  private static Optional<String> authority(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
