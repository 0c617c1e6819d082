package org.mdlibs.registry.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.http.Created;
import org.mdlibs.registry.json.PageLinks;
import org.mdlibs.registry.name.Ids;
import org.mdlibs.registry.name.Paging;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.user.Email;
import org.mdlibs.registry.user.Emails;
import org.mdlibs.registry.user.Passwords;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/** Administers accounts. Every operation: 401, 403. */
@Path("admin/users")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AdminUsersResource {
  private static final String PATH = "/api/v1/admin/users";

  @Inject private AdministeredUsers users;
  @Inject private UserChanges changes;
  @Inject private Passwords passwords;
  @Inject private Emails emails;
  @Inject private HttpServletRequest request;

  /**
   * Lists accounts by username; {@code q} is a part of the username or of the e-mail address. The
   * {@code Link} header (RFC 8288) leads to the other pages. 400.
   */
  @GET
  @Operation(operationId = "listUsers", summary = "List accounts", description = "By username.")
  @APIResponseSchema(
      value = AdminUserPage.class,
      responseCode = "200",
      responseDescription = "A page of accounts.")
  @Parameter(
      name = "q",
      description = "A part of the username or of the e-mail address.",
      schema = @Schema(type = SchemaType.STRING, maxLength = 255))
  @Parameter(
      name = "role",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"user", "admin"}))
  @Parameter(name = "suspended", schema = @Schema(type = SchemaType.BOOLEAN))
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public Response list(
      @QueryParam("q") String text,
      @QueryParam("role") String role,
      @QueryParam("suspended") String suspended,
      @QueryParam("page") String page,
      @QueryParam("per_page") String perPage,
      @Context UriInfo uri) {
    var faults = new Faults();
    UserFilter filter = UserFilter.parse(text, role, suspended, faults);
    Paging paging = Paging.parse(page, perPage, faults);
    faults.throwIfAny();
    AdminUserPage found = users.page(filter, paging);
    return PageLinks.answer(found, found.total(), uri, PATH, paging);
  }

  /**
   * Makes an account, also where registration is closed: 201, with a code for its owner unless a
   * password is given; 400, 409.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createUser",
      summary = "Make an account",
      description =
          "Also where registration is closed. Without a password the answer has a code by which its"
              + " owner sets one.")
  @APIResponseSchema(
      value = CreatedUser.class,
      responseCode = "201",
      responseDescription = "The account was made.")
  @APIResponse(responseCode = "409", description = "USERNAME_TAKEN or EMAIL_TAKEN.")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public Response create(NewUser wanted) {
    var faults = new Faults();
    Optional<Scope> username = faults.required("username", wanted.username(), Scope::parseNew);
    Optional<Email> email = faults.required("email", wanted.email(), emails::parse);
    Role role = faults.optional("role", wanted.role(), UserFilter::role).orElse(Role.USER);
    String name = username.map(Scope::value).orElse("");
    Optional<String> password =
        faults.optional("password", wanted.password(), text -> Passwords.check(text, name));
    faults.throwIfAny();
    String hash = password.map(passwords::hash).orElse(null);
    UserChanges.Created created =
        DatabaseFailure.retryWhenARivalWins(
            () -> changes.create(act(), username.orElseThrow(), email.orElseThrow(), hash, role));
    User user = created.user();
    return Created.at(PATH + "/" + user.id())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(
            new CreatedUser(
                user.id(),
                user.username(),
                user.email(),
                user.role().wireName(),
                user.createdAt(),
                ResetCode.of(created.code())))
        .build();
  }

  /** One account; 404. */
  @GET
  @Path("{id}")
  @Operation(operationId = "getUser", summary = "Show an account")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public AdminUser get(@PathParam("id") String id) {
    return users.get(userId(id));
  }

  /**
   * Suspends or restores an account, changes its role or its quota: 200; 400, 404; 409 when the
   * registry would have no administrator.
   */
  @PATCH
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeUser",
      summary = "Suspend or restore an account, change its role or quota")
  @APIResponse(responseCode = "409", description = "LAST_ADMINISTRATOR.")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public AdminUser change(@PathParam("id") String id, UserChange wanted) {
    UUID user = users.get(userId(id)).id();
    var faults = new Faults();
    Role role = faults.optional("role", wanted.role(), UserFilter::role).orElse(null);
    Quota quota = Quota.parse(wanted.quotaBytes(), faults);
    faults.throwIfAny();
    changes.change(act(), user, new UserChanges.Change(wanted.suspended(), role, quota));
    return users.get(user);
  }

  /**
   * Erases an account: its person is forgotten, what was published stays under the scope. 204; 404;
   * 409 when the registry would have no administrator, or a team with other members no admin.
   */
  @DELETE
  @Path("{id}")
  @Operation(
      operationId = "eraseUser",
      summary = "Erase an account",
      description = "Its person is forgotten; what was published stays under the scope.")
  @APIResponse(
      responseCode = "409",
      description = "LAST_ADMINISTRATOR, or LAST_ADMIN of a team with other members.")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public void erase(@PathParam("id") String id) {
    changes.erase(act(), userId(id));
  }

  /**
   * Makes a code by which the owner of an account sets a new password: 201; 404; 409 for an account
   * that has its password elsewhere.
   */
  @POST
  @Path("{id}/password-reset")
  @Operation(
      operationId = "createPasswordReset",
      summary = "Make a code by which its owner sets a new password")
  @APIResponseSchema(
      value = ResetCode.class,
      responseCode = "201",
      responseDescription = "The code, shown this once.")
  @APIResponse(responseCode = "409", description = "ACCOUNT_NOT_LOCAL.")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public Response resetPassword(@PathParam("id") String id) {
    ResetCode code = ResetCode.of(changes.resetPassword(act(), userId(id)));
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(code)
        .build();
  }

  private UserChanges.Act act() {
    return new UserChanges.Act(Callers.of(request), Origin.of(request));
  }

  private static UUID userId(String text) {
    return Ids.parse(text).orElseThrow(Users::notFound);
  }
}
