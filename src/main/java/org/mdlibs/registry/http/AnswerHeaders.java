package org.mdlibs.registry.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.mdlibs.registry.config.AllowedOrigins;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.problem.CarefulHeaders;

/** The headers of every answer; what an answer is about adds its own. */
@ApplicationScoped
public class AnswerHeaders {
  /** RFC 6797 §6.1.1. */
  private static final String HSTS = "max-age=" + Duration.ofDays(365).toSeconds();

  /** What a page reads besides the few that every page may. */
  private static final String EXPOSED =
      "Content-Disposition, ETag, Link, Location, RateLimit-Limit, RateLimit-Remaining,"
          + " RateLimit-Reset, Repr-Digest, Retry-After, X-Request-Id";

  @Inject private RegistryConfig config;

  /** Sets them; also for answers that are given before any filter runs. */
  public void mark(HttpServletRequest request, HttpServletResponse response) {
    CarefulHeaders.mark(request, response);
    if (UpgradeFilter.isOffered(request)) {
      // What follows on this connection could be taken for more of this request's body.
      response.setHeader("Connection", "close");
    }
    if (isEncrypted(request)) {
      response.setHeader("Strict-Transport-Security", HSTS);
    }
    AllowedOrigins origins = config.http().origins();
    if (!origins.isEmpty()) {
      allow(origins, request.getHeader("Origin"), response);
    }
  }

  /** Behind a proxy the settings alone know it. */
  private boolean isEncrypted(HttpServletRequest request) {
    return request.isSecure() || config.url().filter(url -> url.startsWith("https:")).isPresent();
  }

  private static void allow(AllowedOrigins origins, String origin, HttpServletResponse response) {
    if (origins.isAny()) {
      response.setHeader("Access-Control-Allow-Origin", "*");
    } else {
      response.setHeader("Vary", "Origin");
      if (origin == null || !origins.allow(origin)) {
        return;
      }
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Allow-Credentials", "true");
    }
    response.setHeader("Access-Control-Expose-Headers", EXPOSED);
  }
}
