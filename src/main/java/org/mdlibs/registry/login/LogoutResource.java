package org.mdlibs.registry.login;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.PresentedToken;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.readonly.WhileReadOnly;
import org.mdlibs.registry.token.Tokens;

/** Ends the token that a request comes with, whichever kind it is. */
@Path("auth/logout")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class LogoutResource {
  @Inject private Tokens tokens;
  @Inject private Sessions sessions;
  @Inject private HttpServletRequest servletRequest;

  /**
   * Logs out: 204, and the token opens nothing any more, nor does a browser keep its cookie; 401;
   * 403 for a token of others.
   */
  @POST
  @Operation(operationId = "logout", summary = "End the presented token")
  @APIResponse(responseCode = "204", description = "The token opens nothing any more.")
  @RolesAllowed(Role.USER_NAME)
  @Needs({})
  @WhileReadOnly
  public Response logOut() {
    PresentedToken token =
        Callers.tokenOf(servletRequest)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.FORBIDDEN,
                        "Log out where you logged in: the token is not this registry's."));
    tokens.logOut(token.id(), Callers.of(servletRequest), Origin.of(servletRequest));
    var answer = Response.noContent();
    if (sessions.find(servletRequest).isPresent()) {
      sessions.end().forEach(cookie -> answer.header(HttpHeaders.SET_COOKIE, cookie));
    }
    return answer.build();
  }
}
