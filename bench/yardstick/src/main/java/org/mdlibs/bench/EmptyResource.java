package org.mdlibs.bench;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Answers a constant. */
@Path("empty")
public class EmptyResource {
  /** An empty JSON object. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String empty() {
    return "{}";
  }
}
