package org.mdlibs.registry.account;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mdlibs.registry.access.ClientAddress;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.limit.BucketKey;
import org.mdlibs.registry.limit.RateLimits;
import org.mdlibs.registry.login.Attempt;
import org.mdlibs.registry.login.Logins;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.user.PasswordResets;
import org.mdlibs.registry.user.Passwords;
import org.mdlibs.registry.user.User;

/** Takes a new password from whoever has the code that an administrator handed out. */
@Path("auth/password-reset")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class PasswordResetResource {
  private static final int MAX_CODE = 200;

  @Inject private PasswordResets resets;
  @Inject private ForgottenPasswords forgotten;
  @Inject private Passwords passwords;
  @Inject private Logins logins;
  @Inject private RateLimits limits;
  @Inject private HttpServletRequest request;

  /**
   * Sets the password and ends all logins: 204; 400, also for a code that is wrong, used or too
   * old, which are told apart by nothing. Only a right code costs the hash of a password. Codes
   * that fail are counted and recorded as logins that fail are: 429 after many from one address.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "resetPassword",
      summary = "Set a new password with a code",
      description =
          "The code comes from an administrator, works once, and ends all logins of the account.")
  @APIResponse(responseCode = "204", description = "The password is set.")
  @PermitAll
  @Needs({})
  public void reset(NewPassword wanted) {
    var faults = new Faults();
    Optional<String> code = faults.required("code", wanted.code(), PasswordResetResource::bounded);
    check(faults, wanted, "");
    faults.throwIfAny();
    Attempt attempt = attempt(code.orElseThrow());
    logins.requireFew(attempt);
    limits.require(BucketKey.ofLogin(request));
    User user =
        code.flatMap(resets::find)
            .orElseThrow(() -> failed(attempt, code.flatMap(resets::owner).orElse(null)));
    check(faults, wanted, user.username());
    faults.throwIfAny();
    String hash = passwords.hash(wanted.newPassword());
    if (!forgotten.set(Origin.of(request), user.id(), code.orElseThrow(), hash)) {
      throw failed(attempt, user);
    }
  }

  /** By the code, since nobody says whose it is; no username has a space. */
  private Attempt attempt(String code) {
    return Attempt.of("reset code " + code, ClientAddress.of(request));
  }

  private ProblemException failed(Attempt attempt, User owner) {
    logins.fail(attempt, AuditAction.USER_PASSWORD_RESET, null, owner, Origin.of(request));
    return PasswordResets.invalid();
  }

  private static void check(Faults faults, NewPassword wanted, String username) {
    faults.required("new_password", wanted.newPassword(), text -> Passwords.check(text, username));
  }

  private static String bounded(String text) {
    if (text.isEmpty() || text.length() > MAX_CODE) {
      throw new IllegalArgumentException("must be 1 to " + MAX_CODE + " characters");
    }
    return text;
  }
}
