package org.mdlibs.registry.login;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Removes the session's cookies from a browser that logged out. */
@Provider
public class SessionEndFilter implements ContainerResponseFilter {
  private static final String LOGOUT = "auth/logout";

  @Inject private Sessions sessions;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String path = request.getUriInfo().getPath();
    if (response.getStatus() == 204 && (path.equals(LOGOUT) || path.equals("/" + LOGOUT))) {
      sessions.end().forEach(cookie -> response.getHeaders().add(HttpHeaders.SET_COOKIE, cookie));
    }
  }
}
