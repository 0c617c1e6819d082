package org.mdlibs.registry.feed;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
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

/** The feed of the whole registry. */
@Path("feed")
@Produces(AtomFeed.MEDIA_TYPE)
@ApplicationScoped
public class FeedResource {
  @Inject private Releases releases;
  @Inject private LibraryAccess access;
  @Inject private FeedAnswers answers;
  @Inject private HttpServletRequest request;

  /** The newest 50 versions that the caller may see: 200; 304; 401, 403. */
  @GET
  @Operation(operationId = "getFeed", summary = "Follow new versions of everything")
  @APIResponse(
      responseCode = "200",
      description = "The feed.",
      content =
          @Content(mediaType = AtomFeed.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING)))
  @PermitAll
  @Needs(Permission.READ)
  public Response feed() {
    Caller caller = Callers.of(request);
    access.requireReader(caller);
    return answers.of("/feed", "New versions", releases.ofAll(caller));
  }
}
