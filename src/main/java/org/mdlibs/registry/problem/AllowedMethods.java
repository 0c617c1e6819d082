package org.mdlibs.registry.problem;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * Answers {@code OPTIONS} with the methods alone (RFC 9110 §9.3.7): a server would describe itself
 * and its resources in a format of its own.
 */
@Provider
public class AllowedMethods implements ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String allowed = response.getHeaderString(HttpHeaders.ALLOW);
    if (request.getMethod().equals(HttpMethod.OPTIONS) && allowed != null) {
      response.setStatusInfo(Response.Status.NO_CONTENT);
      response.setEntity(null);
      response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
      response.getHeaders().putSingle(HttpHeaders.ALLOW, whole(allowed));
    }
  }

  /** The methods in order; servers leave {@code HEAD} out of some, which goes with {@code GET}. */
  static String whole(String allowed) {
    var methods = new TreeSet<>(Arrays.asList(allowed.strip().split("\\s*,\\s*", -1)));
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    return String.join(", ", methods);
  }
}
