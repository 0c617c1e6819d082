package org.mdlibs.registry.metrics;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Notes the template of a request that JAX-RS found a resource method for: its two paths. */
@Provider
@Priority(0)
public class EndpointFilter implements ContainerRequestFilter {
  /** What {@link ApplicationPath} says. */
  static final String BASE = "/api/v1";

  private static final Pattern EXPRESSION = Pattern.compile("\\{\\s*(\\w+)\\s*:[^}]*\\}");
  private static final Map<Method, String> TEMPLATES = new ConcurrentHashMap<>();

  @Context private ResourceInfo resource;
  @Inject private HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext context) {
    Method method = resource.getResourceMethod();
    if (method != null && method.getDeclaringClass().getName().startsWith("org.mdlibs.")) {
      Endpoint.set(request, TEMPLATES.computeIfAbsent(method, EndpointFilter::template));
    }
  }

  /** The path of a resource method, without regular expressions. */
  static String template(Method method) {
    String path =
        BASE
            + "/"
            + path(method.getDeclaringClass().getAnnotation(Path.class))
            + "/"
            + path(method.getAnnotation(Path.class));
    path = EXPRESSION.matcher(path).replaceAll("{$1}").replaceAll("/+", "/");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String path(Path path) {
    return path == null ? "" : path.value();
  }
}
