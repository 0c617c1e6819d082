package org.mdlibs.registry.feed;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.library.Library;
import org.mdlibs.registry.library.LibraryAccess;

/** The feed of a library. */
@Path("libraries/{scope}/{name}")
@Produces(AtomFeed.MEDIA_TYPE)
@ApplicationScoped
public class LibraryFeedResource {
  @Inject private Releases releases;
  @Inject private LibraryAccess access;
  @Inject private FeedAnswers answers;
  @Inject private HttpServletRequest request;

  /** Its newest 50 versions: 200; 304; 308; 401, 403, 404, 410. */
  @GET
  @Path("feed")
  @Operation(operationId = "getLibraryFeed", summary = "Follow new versions of a library")
  @APIResponse(
      responseCode = "200",
      description = "The feed.",
      content =
          @Content(mediaType = AtomFeed.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING)))
  @PermitAll
  @Needs(Permission.READ)
  public Response feed(@PathParam("scope") String scope, @PathParam("name") String name) {
    Library library = access.get(Callers.of(request), scope, name);
    access.requireNotEmpty(library);
    return answers.of(
        "/libraries/" + library.scope() + "/" + library.name() + "/feed",
        "New versions of " + library.reference(),
        releases.ofLibrary(library.id()));
  }
}
