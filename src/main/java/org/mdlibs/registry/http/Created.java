package org.mdlibs.registry.http;

import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The answer to a request that made something: 201, with its place. */
public final class Created {
  private static final String BASE = "/api/v1/";

  private Created() {}

  /**
   * Begins the answer.
   *
   * @param path of what was made, from the root of the server, below {@value #BASE}
   */
  public static Response.ResponseBuilder at(String path) {
    // Relative to the base, as the specification resolves it: RESTEasy takes "/api/v1/x" so too.
    return Response.created(URI.create(path.substring(BASE.length())));
  }
}
