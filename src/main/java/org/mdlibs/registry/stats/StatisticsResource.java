package org.mdlibs.registry.stats;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;

/** Figures of the registry, within what the caller may see. */
@Path("stats")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class StatisticsResource {
  @Inject private Statistics statistics;
  @Inject private HttpServletRequest request;

  /**
   * Downloads by day, in UTC, today included: of everything, of a scope, or of a library; 400, 401,
   * and 404 for a library. Of a scope that does not exist, or of which the caller sees nothing, the
   * figures are zeros.
   *
   * @param library a name in the scope, or a reference
   * @param days 1 to 365; 30 when absent
   */
  @GET
  @Path("downloads")
  @Operation(
      operationId = "getDownloadStatistics",
      summary = "Count downloads by day",
      description =
          "Every day of the window is there, in UTC, today included. Of a scope that does not exist, or of which the caller sees nothing, the figures are zeros.")
  @APIResponseSchema(value = DownloadStatistics.class, responseCode = "200")
  @APIResponse(
      responseCode = "404",
      description = "LIBRARY_NOT_FOUND, of a library that is asked for.")
  @PermitAll
  @Needs(Permission.READ)
  public DownloadStatistics downloads(
      @QueryParam("scope") String scope,
      @QueryParam("library") String library,
      @QueryParam("days") String days) {
    return statistics.downloads(Callers.of(request), () -> DownloadQuery.of(scope, library, days));
  }

  /** Libraries, versions, bytes, tags and licences; 401. */
  @GET
  @Path("libraries")
  @Operation(operationId = "getLibraryStatistics", summary = "Count libraries, versions and bytes")
  @PermitAll
  @Needs(Permission.READ)
  public LibraryStatistics libraries() {
    return statistics.libraries(Callers.of(request));
  }
}
