package org.mdlibs.registry.team;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
import org.mdlibs.registry.json.PageLinks;
import org.mdlibs.registry.name.Ids;
import org.mdlibs.registry.name.Paging;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/** Shows and changes who is in a team. */
@Path("teams/{id}/members")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class MemberResource {
  @Inject private Teams teams;
  @Inject private TeamMembers members;
  @Inject private TeamAccess access;
  @Inject private Users users;
  @Inject private HttpServletRequest request;

  /**
   * The members, by username, paged: 200; 400, 401, 403, 404. The {@code Link} header (RFC 8288)
   * leads to the other pages.
   */
  @GET
  @Operation(operationId = "listTeamMembers", summary = "List the members of a team")
  @APIResponseSchema(value = MemberPage.class, responseDescription = "A page of members.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.READ)
  public Response list(
      @PathParam("id") String id,
      @QueryParam("page") String page,
      @QueryParam("per_page") String perPage,
      @Context UriInfo uri) {
    Team team = access.get(Callers.of(request), TeamAction.READ, id);
    Paging paging = Paging.parse(page, perPage);
    MemberPage found =
        new MemberPage(
            members.list(team.id(), paging.offset(), paging.perPage()),
            teams.counts(team.id()).members(),
            paging.page(),
            paging.perPage());
    String path = "/api/v1/teams/" + team.id() + "/members";
    return PageLinks.answer(found, found.total(), uri, path, paging);
  }

  /**
   * Puts a user into the team: 201; 200 when he is in it and his role changes; 400, 401, 403; 404,
   * also for a user that there is not; 409 for the last admin.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "placeTeamMember", summary = "Add a member, or change the role of one")
  @APIResponseSchema(
      value = MemberDetails.class,
      responseCode = "201",
      responseDescription = "The user is a new member.")
  @APIResponse(
      responseCode = "200",
      description = "The user was a member and has this role now.",
      content = @Content(schema = @Schema(implementation = MemberDetails.class)))
  @APIResponse(
      responseCode = "409",
      description = "LAST_ADMIN when the last admin would be demoted.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public Response place(@PathParam("id") String id, MemberRequest wanted) {
    Caller caller = Callers.of(request);
    Team team = access.get(caller, TeamAction.MANAGE, id);
    var faults = new Faults();
    Optional<TeamRole> role = faults.optional("role", wanted.role(), TeamRole::parse);
    if ((wanted.username() == null) == (wanted.userId() == null)) {
      faults.add("username", "give either 'username' or 'user_id'");
    }
    Optional<Scope> username = faults.optional("username", wanted.username(), Scope::parse);
    Optional<UUID> userId = faults.optional("user_id", wanted.userId(), MemberResource::uuid);
    faults.throwIfAny();
    User user =
        userId
            .flatMap(users::find)
            .or(() -> username.flatMap(name -> users.findByLogin(name.value())))
            .filter(found -> !found.isErased())
            .orElseThrow(MemberResource::unknown);
    TeamMembers.Placed placed =
        DatabaseFailure.retryWhenARivalWins(
            () ->
                members.place(
                    team.id(), user, role.orElse(TeamRole.MEMBER), caller, Origin.of(request)));
    return Response.status(placed.isNew() ? 201 : 200).entity(placed.member()).build();
  }

  private static UUID uuid(String text) {
    return Ids.parse(text).orElseThrow(() -> new IllegalArgumentException("must be a UUID"));
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.USER_NOT_FOUND, "Name somebody who has an account here: nobody is called so.");
  }

  /**
   * Takes a user out of the team; everybody may take himself out: 204; 401, 403, 404; 409 for the
   * last admin.
   */
  @DELETE
  @Path("{uid}")
  @Operation(operationId = "removeTeamMember", summary = "Remove a member, or leave a team")
  @APIResponse(responseCode = "409", description = "LAST_ADMIN for the last admin.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public void remove(@PathParam("id") String id, @PathParam("uid") String uid) {
    Caller caller = Callers.of(request);
    Optional<UUID> user = Ids.parse(uid);
    boolean himself = user.filter(caller.id()::equals).isPresent();
    Team team = access.get(caller, himself ? TeamAction.LEAVE : TeamAction.MANAGE, id);
    members.remove(team.id(), user.orElseThrow(TeamMembers::notFound), caller, Origin.of(request));
  }
}
