package org.mdlibs.registry.login;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.ClientAddress;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.PresentedToken;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.Passwords;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/**
 * Changes the caller's password. Only whoever logged in may: an API token, which lies in files and
 * build servers, must not become the account itself.
 */
@Path("users/me/password")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class PasswordResource {
  @Inject private Users users;
  @Inject private Passwords passwords;
  @Inject private Logins logins;
  @Inject private PasswordChanges changes;
  @Inject private HttpServletRequest servletRequest;

  /**
   * Changes the password: 204, and the account's other login tokens are dead; 400; 401 also when
   * the current one is wrong; 403 for API tokens and for accounts of a directory; 409; 429.
   */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changePassword",
      summary = "Change the own password",
      description = "Needs a login token, not an API token. Ends the other logins of the account.")
  @APIResponse(
      responseCode = "409",
      description = "CONFLICT when the password was changed meanwhile.")
  @RolesAllowed(Role.USER_NAME)
  @Needs({})
  public void change(PasswordRequest request) {
    Caller caller = Callers.of(servletRequest);
    PresentedToken token =
        LoggedIn.require(servletRequest, "Log in with the password to change it.");
    User user = users.find(caller.id()).orElseThrow();
    String before = user.passwordHash();
    if (before == null) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Change the password where it is kept: not in this registry.");
    }
    var faults = new Faults();
    faults.required("current_password", request.currentPassword(), LoginResource::password);
    faults.required(
        "new_password", request.newPassword(), text -> Passwords.check(text, user.username()));
    faults.throwIfAny();
    Attempt attempt = Attempt.of(user.username(), ClientAddress.of(servletRequest));
    Origin origin = Origin.of(servletRequest);
    logins.requireFew(attempt);
    if (!passwords.verify(request.currentPassword(), before)) {
      logins.fail(attempt, AuditAction.USER_PASSWORD_CHANGED, caller, origin);
      throw new ProblemException(
          ProblemType.INVALID_CREDENTIALS, "Check the current password, and try again.");
    }
    changes.change(
        caller,
        token.id(),
        before,
        passwords.hash(request.newPassword()),
        Boolean.TRUE.equals(request.revokeTokens()),
        origin);
  }
}
