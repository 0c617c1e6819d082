package org.mdlibs.registry.token;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.name.Ids;

/** Anybody's tokens, for administrators. */
@Path("admin/tokens/{id}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AdminTokenResource {
  @Inject private Tokens tokens;
  @Inject private HttpServletRequest servletRequest;

  /** Revokes a token, a login token as well: 204, also when it was before; 401; 403; 404. */
  @DELETE
  @Operation(operationId = "revokeAnyToken", summary = "Revoke any token")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public void revoke(@PathParam("id") String id) {
    Token token = Ids.parse(id).flatMap(tokens::find).orElseThrow(TokenResource::notFound);
    tokens.revoke(token.id(), Callers.of(servletRequest), Origin.of(servletRequest));
  }
}
