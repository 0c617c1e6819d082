package org.mdlibs.registry.library;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Leads from the old reference of a library to its new one. */
@Provider
public class LibraryMovedMapper implements ExceptionMapper<LibraryMoved> {
  @Inject private HttpServletRequest request;

  @Override
  public Response toResponse(LibraryMoved moved) {
    return Response.status(308)
        .header("Location", moved.location(request.getRequestURI(), request.getQueryString()))
        .header("Cache-Control", "no-cache")
        .build();
  }
}
