package org.mdlibs.registry.library;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.stream.Collectors;

/** Leads from the old reference of a library to its new one. */
@Provider
public class LibraryMovedMapper implements ExceptionMapper<LibraryMoved> {
  /** Segments of {@code libraries/{scope}/{name}}. */
  private static final int REFERENCE_SEGMENTS = 3;

  @Context private UriInfo uri;
  @Context private HttpServletResponse servletResponse;

  @Override
  public Response toResponse(LibraryMoved moved) {
    String rest =
        uri.getPathSegments(false).stream()
            .skip(REFERENCE_SEGMENTS)
            .map(segment -> "/" + segment.getPath())
            .collect(Collectors.joining());
    // Not by the Response: JAX-RS would make it absolute with whatever the Host header says.
    servletResponse.setHeader("Location", moved.location(rest, uri.getRequestUri().getRawQuery()));
    return Response.status(308)
        .header("Cache-Control", "no-cache")
        .header("Vary", "Authorization")
        .build();
  }
}
