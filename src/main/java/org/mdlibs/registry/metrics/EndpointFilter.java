package org.mdlibs.registry.metrics;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mdlibs.registry.problem.PathMethods;

/** Notes the template of a request that JAX-RS found a resource method for: its two paths. */
@Provider
@Priority(0)
public class EndpointFilter implements ContainerRequestFilter {
  private static final Map<Method, String> TEMPLATES = new ConcurrentHashMap<>();

  @Context private ResourceInfo resource;
  @Inject private HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext context) {
    Method method = resource.getResourceMethod();
    if (method != null && method.getDeclaringClass().getName().startsWith("org.mdlibs.")) {
      Endpoint.set(request, TEMPLATES.computeIfAbsent(method, PathMethods::template));
    }
  }
}
