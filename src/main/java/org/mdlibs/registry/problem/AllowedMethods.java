package org.mdlibs.registry.problem;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers {@code OPTIONS} with the methods alone (RFC 9110 §9.3.7): a server would describe itself
 * and its resources in a format of its own.
 */
@Provider
public class AllowedMethods implements ContainerResponseFilter {
  @Inject private PathMethods methods;
  @Inject private HttpServletRequest servlet;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String allowed = response.getHeaderString(HttpHeaders.ALLOW);
    if (request.getMethod().equals(HttpMethod.OPTIONS) && allowed != null) {
      response.setStatusInfo(Response.Status.NO_CONTENT);
      response.setEntity(null);
      response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
      response
          .getHeaders()
          .putSingle(HttpHeaders.ALLOW, methods.of(servlet.getRequestURI()).orElse(allowed));
    }
  }
}
