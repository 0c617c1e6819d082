package org.mdlibs.registry.json;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What servers let pass of a request's media types: a body of no type at all, which an operation
 * would meet as null (415), and an answer that the caller weighs with nothing (406). After the
 * roles were checked, so that it tells nobody more than he may know.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class Negotiation implements ContainerRequestFilter {
  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource.getResourceMethod();
    if (method == null) {
      return;
    }
    if (method.isAnnotationPresent(Consumes.class) && request.getMediaType() == null) {
      throw new NotSupportedException();
    }
    Produces produces = method.getAnnotation(Produces.class);
    if (produces == null) {
      produces = resource.getResourceClass().getAnnotation(Produces.class);
    }
    if (produces == null) {
      return;
    }
    Stream<String> types = Arrays.stream(produces.value()).map(type -> type.replaceAll(";.*", ""));
    Accept accept = Accept.parse(request.getHeaderString(HttpHeaders.ACCEPT));
    if (accept.best(types.toList(), Function.identity()).isEmpty()) {
      throw new NotAcceptableException();
    }
  }
}
