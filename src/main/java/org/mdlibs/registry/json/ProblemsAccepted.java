package org.mdlibs.registry.json;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.mdlibs.registry.problem.Problem;

/**
 * Lets writes through whose caller accepts problems alone. Generated clients do so where the only
 * answers with a body are problems (204 else); by the types that a class produces it would be 406.
 */
@Provider
@PreMatching
public class ProblemsAccepted implements ContainerRequestFilter {
  private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  @Override
  public void filter(ContainerRequestContext request) {
    String accept = request.getHeaderString(HttpHeaders.ACCEPT);
    if (accept == null || READING.contains(request.getMethod())) {
      return;
    }
    if (Accept.parse(accept).best(List.of(Problem.MEDIA_TYPE), Function.identity()).isPresent()) {
      request.getHeaders().putSingle(HttpHeaders.ACCEPT, accept + ", application/json;q=0.001");
    }
  }
}
