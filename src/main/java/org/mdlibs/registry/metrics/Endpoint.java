package org.mdlibs.registry.metrics;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * Under which name a request is counted and logged: the template of its path, so that there are as
 * many names as the registry has endpoints, whatever clients ask for.
 */
public final class Endpoint {
  /** No endpoint was reached: an unknown path or method, or credentials that are no good. */
  public static final String UNMATCHED = "unmatched";

  /** A file of the WAR, such as those of a page. */
  public static final String STATIC = "static";

  private static final String ATTRIBUTE = Endpoint.class.getName();

  /** What JAX-RS serves: there its resources have the templates. */
  private static final String INTERFACE = "/api/";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final int FIRST_ERROR = 400;

  private Endpoint() {}

  /** Notes the template of a request. */
  public static void set(ServletRequest request, String template) {
    request.setAttribute(ATTRIBUTE, template);
  }

  /** The template of a request, once it was answered with a status. */
  public static String of(HttpServletRequest request, int status) {
    if (request.getAttribute(ATTRIBUTE) instanceof String template) {
      return template;
    }
    HttpServletMapping mapping = request.getHttpServletMapping();
    if (mapping == null || mapping.getMappingMatch() == null) {
      return UNMATCHED;
    }
    return switch (mapping.getMappingMatch()) {
      case EXACT -> mapping.getPattern();
      case PATH -> mapping.getPattern().startsWith(INTERFACE) ? UNMATCHED : mapping.getPattern();
      case EXTENSION -> mapping.getPattern();
      case CONTEXT_ROOT, DEFAULT -> status < FIRST_ERROR ? STATIC : UNMATCHED;
    };
  }

  /** The method of a request; {@code OTHER} for one that the registry does not know. */
  public static String method(HttpServletRequest request) {
    return METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER";
  }
}
