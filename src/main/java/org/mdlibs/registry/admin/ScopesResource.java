package org.mdlibs.registry.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.json.PageLinks;
import org.mdlibs.registry.name.Ids;
import org.mdlibs.registry.name.Paging;
import org.mdlibs.registry.problem.Faults;

/** What scopes take, and what teams may. Every operation: 400, 401, 403. */
@Path("admin")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ScopesResource {
  @Inject private Scopes scopes;
  @Inject private HttpServletRequest request;

  /**
   * Storage, versions, downloads and calls of each scope, those that store most first, paged. The
   * {@code Link} header (RFC 8288) leads to the other pages.
   */
  @GET
  @Path("usage")
  @Operation(
      operationId = "listUsage",
      summary = "List what each scope stores",
      description = "Those that store most first.")
  @APIResponseSchema(
      value = UsagePage.class,
      responseCode = "200",
      responseDescription = "A page of scopes.")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public Response usage(
      @QueryParam("page") String page,
      @QueryParam("per_page") String perPage,
      @Context UriInfo uri) {
    Paging paging = Paging.parse(page, perPage);
    UsagePage found = scopes.page(paging);
    return PageLinks.answer(found, found.total(), uri, "/api/v1/admin/usage", paging);
  }

  /** Changes the quota of a team: 200; 404. */
  @PATCH
  @Path("teams/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "changeTeamQuota", summary = "Change the quota of a team")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public ScopeUsage changeTeam(@PathParam("id") String id, QuotaChange wanted) {
    ScopeUsage team = scopes.getTeam(Ids.parse(id).orElseThrow(Scopes::notFound));
    var faults = new Faults();
    Quota quota = Quota.parse(wanted.quotaBytes(), faults);
    faults.throwIfAny();
    if (quota == null) {
      return team;
    }
    var act = new UserChanges.Act(Callers.of(request), Origin.of(request));
    scopes.limitTeam(act, team, quota);
    return scopes.getTeam(team.id());
  }
}
