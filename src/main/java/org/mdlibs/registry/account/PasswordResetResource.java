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
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.problem.Faults;
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
  @Inject private HttpServletRequest request;

  /**
   * Sets the password and ends all logins: 204; 400, also for a code that is wrong, used or too
   * old, which are told apart by nothing. Only a right code costs the hash of a password.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  @Needs({})
  public void reset(NewPassword wanted) {
    var faults = new Faults();
    Optional<String> code = faults.required("code", wanted.code(), PasswordResetResource::bounded);
    check(faults, wanted, "");
    faults.throwIfAny();
    User user = code.flatMap(resets::find).orElseThrow(PasswordResets::invalid);
    check(faults, wanted, user.username());
    faults.throwIfAny();
    String hash = passwords.hash(wanted.newPassword());
    forgotten.set(Origin.of(request), user.id(), code.orElseThrow(), hash);
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
