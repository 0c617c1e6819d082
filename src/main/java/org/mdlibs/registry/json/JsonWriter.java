package org.mdlibs.registry.json;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import org.mdlibs.registry.access.Callers;

/**
 * Writes the records that resources answer with, and gives each answer to a {@code GET} a strong
 * ETag: a caller that has it already gets 304 (RFC 9110 §13.1.2).
 */
@Provider
@Priority(1)
public class JsonWriter implements ContainerResponseFilter {
  @Inject private HttpServletRequest servletRequest;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!(response.getEntity() instanceof Record entity)) {
      return;
    }
    byte[] body = JsonText.of(entity);
    var headers = response.getHeaders();
    boolean reading = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (reading && response.getStatus() == 200) {
      String etag = EntityTags.of(body);
      headers.putSingle(HttpHeaders.ETAG, etag);
      headers.putSingle(HttpHeaders.VARY, "Authorization, Cookie");
      if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
        boolean anonymous = Callers.of(servletRequest).isAnonymous();
        headers.putSingle(
            HttpHeaders.CACHE_CONTROL, anonymous ? "public, no-cache" : "private, no-cache");
      }
      if (EntityTags.match(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), etag)) {
        response.setEntity(null);
        response.setStatus(304);
        return;
      }
    }
    response.setEntity(body, null, MediaType.APPLICATION_JSON_TYPE);
  }
}
