package org.mdlibs.registry.account;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.account.Account.TeamMembership;
import org.mdlibs.registry.library.Libraries;
import org.mdlibs.registry.team.Teams;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.user.Quotas;
import org.mdlibs.registry.user.StorageUse;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/** Shows the caller his own account. */
@Path("users/me")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AccountResource {
  @Inject private Users users;
  @Inject private Teams teams;
  @Inject private Libraries libraries;
  @Inject private Quotas quotas;
  @Inject private HttpServletRequest servletRequest;

  private List<TeamMembership> memberships(Caller caller) {
    return teams.of(caller).stream()
        .map(
            team ->
                new TeamMembership(
                    team.id(), team.name(), caller.teams().get(team.id()).wireName()))
        .toList();
  }

  /** The caller's own account: 200; 401. */
  @GET
  @Operation(operationId = "getAccount", summary = "Show the own account")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.READ)
  public Account me() {
    Caller caller = Callers.of(servletRequest);
    User user = users.find(caller.id()).orElseThrow();
    Namespace namespace = users.getNamespace(user.id());
    Libraries.Totals totals = libraries.totals(user.id());
    return new Account(
        user.id(),
        user.username(),
        user.email(),
        user.createdAt(),
        user.role() == Role.ADMIN
            ? List.of(Role.USER_NAME, Role.ADMIN_NAME)
            : List.of(Role.USER_NAME),
        memberships(caller),
        totals.libraries(),
        totals.downloads(),
        new StorageUse(namespace.usedBytes(), quotas.of(namespace)));
  }
}
