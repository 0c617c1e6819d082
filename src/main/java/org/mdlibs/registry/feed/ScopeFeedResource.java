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
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.library.LibraryAccess;
import org.mdlibs.registry.name.Scope;

/** The feed of a scope; no library can be called {@code feed}. */
@Path("libraries/{scope}/feed")
@ApplicationScoped
public class ScopeFeedResource {
  @Inject private Releases releases;
  @Inject private LibraryAccess access;
  @Inject private FeedAnswers answers;
  @Inject private HttpServletRequest request;

  /**
   * The newest 50 versions of the scope that the caller may see: 200; 304; 401, 403, 404. Of a
   * scope that does not exist, or of which he sees nothing, there are none.
   */
  @GET
  @Produces(AtomFeed.MEDIA_TYPE)
  @Operation(operationId = "getScopeFeed", summary = "Follow new versions of a scope")
  @APIResponse(
      responseCode = "200",
      description = "The feed.",
      content =
          @Content(mediaType = AtomFeed.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING)))
  @PermitAll
  @Needs(Permission.READ)
  public Response feed(@PathParam("scope") String text) {
    Caller caller = Callers.of(request);
    access.requireReader(caller);
    Scope scope = scope(text);
    return answers.of(
        "/libraries/" + scope + "/feed",
        "New versions of @" + scope,
        releases.ofScope(scope.value(), caller));
  }

  private static Scope scope(String text) {
    try {
      return Scope.parse(text);
    } catch (IllegalArgumentException e) {
      throw LibraryAccess.notFound();
    }
  }
}
