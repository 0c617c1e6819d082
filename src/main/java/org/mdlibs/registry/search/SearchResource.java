package org.mdlibs.registry.search;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.json.PageLinks;
import org.mdlibs.registry.library.LibraryAccess;

/** Finds libraries. */
@Path("libraries")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SearchResource {
  @Inject private Search search;
  @Inject private LibraryAccess access;
  @Inject private HttpServletRequest request;

  /**
   * Finds by {@code q}, {@code tag}, {@code scope}, {@code license}; sorts by {@code sort} and
   * {@code order}; pages by {@code page} and {@code per_page}. The {@code Link} header (RFC 8288)
   * leads to the other pages. 400, 401.
   */
  @GET
  @Operation(
      operationId = "searchLibraries",
      summary = "Find libraries",
      description = "Only what the caller may see is found and counted.")
  @APIResponseSchema(
      value = SearchPage.class,
      responseCode = "200",
      responseDescription = "A page of what was found.")
  @Parameter(
      name = "q",
      in = ParameterIn.QUERY,
      description = "Words to look for.",
      schema = @Schema(type = SchemaType.STRING, maxLength = 200))
  @Parameter(
      name = "tag",
      in = ParameterIn.QUERY,
      description = "Tags that must all be there.",
      schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
  @Parameter(name = "scope", in = ParameterIn.QUERY)
  @Parameter(name = "license", in = ParameterIn.QUERY)
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "The order: `relevance` where there are words, else `name`, unless given.",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"relevance", "name", "downloads", "updated_at", "created_at"}))
  @Parameter(
      name = "order",
      in = ParameterIn.QUERY,
      description = "Its direction; each order has a natural one.",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"asc", "desc"}))
  @Parameter(name = "page", in = ParameterIn.QUERY)
  @Parameter(name = "per_page", in = ParameterIn.QUERY)
  @PermitAll
  @Needs(Permission.READ)
  public Response search(@Context UriInfo uri) {
    Caller caller = Callers.of(request);
    access.requireReader(caller);
    LibraryQuery query = LibraryQuery.of(uri.getQueryParameters());
    SearchPage page = search.page(query, caller);
    return PageLinks.answer(page, page.total(), uri, "/api/v1/libraries", query.paging());
  }
}
