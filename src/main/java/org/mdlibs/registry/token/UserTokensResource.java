package org.mdlibs.registry.token;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.name.Ids;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/** The tokens of one account, for administrators. */
@Path("admin/users/{id}/tokens")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class UserTokensResource {
  @Inject private Tokens tokens;
  @Inject private Users users;

  /** Lists the API tokens of an account: 200; 401; 403; 404. */
  @GET
  @Operation(operationId = "listUserTokens", summary = "List the API tokens of an account")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public TokenList list(@PathParam("id") String id) {
    User user =
        Ids.parse(id)
            .flatMap(users::find)
            .orElseThrow(
                () -> new ProblemException(ProblemType.NOT_FOUND, "No account has this id."));
    return TokenList.of(tokens.apiTokens(user.id()));
  }
}
