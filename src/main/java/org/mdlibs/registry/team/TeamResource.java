package org.mdlibs.registry.team;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Access.TeamAction;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.access.TeamRole;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.http.Created;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.user.Quotas;
import org.mdlibs.registry.user.StorageUse;
import org.mdlibs.registry.user.Users;

/** Makes, shows, changes and deletes teams. Whoever is not in a team does not learn of it. */
@Path("teams")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class TeamResource {
  @Inject private Teams teams;
  @Inject private TeamAccess access;
  @Inject private Users users;
  @Inject private Quotas quotas;
  @Inject private HttpServletRequest request;

  /** The caller's teams, by name: 200; 401. */
  @GET
  @Operation(operationId = "listTeams", summary = "List the own teams")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.READ)
  public TeamList list() {
    Caller caller = Callers.of(request);
    return new TeamList(
        teams.of(caller).stream()
            .map(
                team -> {
                  Teams.Counts counts = teams.counts(team.id());
                  return new TeamSummary(
                      team.id(),
                      team.name(),
                      team.displayName(),
                      caller.teams().get(team.id()).wireName(),
                      counts.members(),
                      counts.libraries());
                })
            .toList());
  }

  /** Makes a team whose first admin is the caller: 201; 400, 401, 403, 409. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createTeam",
      summary = "Make a team",
      description = "Its name is a scope for good; the caller is its first admin.")
  @APIResponseSchema(
      value = TeamDetails.class,
      responseCode = "201",
      responseDescription = "The team was made.")
  @APIResponse(responseCode = "409", description = "TEAM_NAME_TAKEN or TOO_MANY_TEAMS.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public Response create(TeamRequest wanted) {
    var faults = new Faults();
    Optional<Scope> name = faults.required("name", wanted.name(), Scope::parseNew);
    Optional<DisplayName> given =
        faults.optional("display_name", wanted.displayName(), DisplayName::parse);
    faults.throwIfAny();
    DisplayName displayName = given.orElseGet(() -> new DisplayName(name.orElseThrow().value()));
    Caller caller = Callers.of(request);
    Team team =
        DatabaseFailure.retryWhenARivalWins(
            () -> teams.create(name.orElseThrow(), displayName, caller, Origin.of(request)));
    return Created.at("/api/v1/teams/" + team.id()).entity(details(team, TeamRole.ADMIN)).build();
  }

  /** A team: 200; 401, 403, 404. */
  @GET
  @Path("{id}")
  @Operation(operationId = "getTeam", summary = "Show a team")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.READ)
  public TeamDetails team(@PathParam("id") String id) {
    Caller caller = Callers.of(request);
    Team team = access.get(caller, TeamAction.READ, id);
    return details(team, caller.teams().get(team.id()));
  }

  /** Changes what people call it: 200; 400, 401, 403, 404. */
  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "changeTeam", summary = "Change the display name of a team")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public TeamDetails change(@PathParam("id") String id, TeamChange change) {
    Caller caller = Callers.of(request);
    Team team = access.get(caller, TeamAction.MANAGE, id);
    var faults = new Faults();
    Optional<DisplayName> displayName =
        faults.required("display_name", change.displayName(), DisplayName::parse);
    faults.throwIfAny();
    Team renamed = teams.rename(team.id(), displayName.orElseThrow(), caller, Origin.of(request));
    return details(renamed, caller.teams().get(team.id()));
  }

  /** Deletes it: 204; 401, 403, 404; 409 while it has a version. Its name stays taken. */
  @DELETE
  @Path("{id}")
  @Operation(
      operationId = "deleteTeam",
      summary = "Delete a team",
      description = "Its name stays taken.")
  @APIResponse(responseCode = "409", description = "TEAM_NOT_EMPTY while it has a version.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public void delete(@PathParam("id") String id) {
    Caller caller = Callers.of(request);
    Team team = access.get(caller, TeamAction.MANAGE, id);
    teams.delete(team.id(), caller, Origin.of(request));
  }

  private TeamDetails details(Team team, TeamRole role) {
    Teams.Counts counts = teams.counts(team.id());
    Namespace namespace = users.getNamespace(team.id());
    return new TeamDetails(
        team.id(),
        team.name(),
        team.displayName(),
        role == null ? null : role.wireName(),
        counts.members(),
        counts.libraries(),
        new StorageUse(namespace.usedBytes(), quotas.of(namespace)),
        team.createdAt(),
        team.updatedAt());
  }
}
