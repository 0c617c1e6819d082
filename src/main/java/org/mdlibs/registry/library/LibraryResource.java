package org.mdlibs.registry.library;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
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
import org.mdlibs.registry.json.PageLinks;
import org.mdlibs.registry.name.Paging;
import org.mdlibs.registry.user.Users;

/** Reads one library and its versions. What the caller may not see is absent (404). */
@Path("libraries/{scope}/{name}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class LibraryResource {
  private static final int VERSIONS_SHOWN = 100;

  @Inject private Libraries libraries;
  @Inject private LibraryAccess access;
  @Inject private Users users;
  @Inject private HttpServletRequest request;

  /** The library with its highest versions; 401, 404, 410. */
  @GET
  @Operation(operationId = "getLibrary", summary = "Show a library with its highest versions")
  @PermitAll
  @Needs(Permission.READ)
  public LibraryDetails library(@PathParam("scope") String scope, @PathParam("name") String name) {
    Library library = access.get(Callers.of(request), scope, name);
    access.requireNotEmpty(library);
    return LibraryDetails.of(library, libraries.versions(library.id(), 0, VERSIONS_SHOWN));
  }

  /**
   * All versions, paged; 400, 401, 404, 410. The {@code Link} header (RFC 8288) leads to the other
   * pages.
   */
  @GET
  @Path("versions")
  @Operation(operationId = "listVersions", summary = "List the versions of a library")
  @APIResponseSchema(value = VersionPage.class, responseDescription = "A page of versions.")
  @PermitAll
  @Needs(Permission.READ)
  public Response versions(
      @PathParam("scope") String scope,
      @PathParam("name") String name,
      @QueryParam("page") String page,
      @QueryParam("per_page") String perPage,
      @Context UriInfo uri) {
    Library library = access.get(Callers.of(request), scope, name);
    Paging paging = Paging.parse(page, perPage);
    access.requireNotEmpty(library);
    VersionPage found =
        new VersionPage(
            library.scope(),
            library.name(),
            VersionSummary.of(
                library, libraries.versions(library.id(), paging.offset(), paging.perPage())),
            library.versionsCount(),
            paging.page(),
            paging.perPage());
    String path = "/api/v1/libraries/" + library.scope() + "/" + library.name() + "/versions";
    return PageLinks.answer(found, found.total(), uri, path, paging);
  }

  /** One version, or {@code latest}; 401, 404, 410. */
  @GET
  @Path("{version}")
  @Operation(operationId = "getVersion", summary = "Show a version")
  @PermitAll
  @Needs(Permission.READ)
  public VersionDetails version(
      @PathParam("scope") String scope,
      @PathParam("name") String name,
      @PathParam("version") String version) {
    Library library = access.get(Callers.of(request), scope, name);
    LibraryVersion found = access.getVersion(library, version);
    return VersionDetails.of(library, found, users.getNamespace(found.createdBy()).name());
  }
}
