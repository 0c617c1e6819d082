package org.mdlibs.registry.account;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.token.Tokens;
import org.mdlibs.registry.user.PasswordResets;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/** Sets passwords by code: the code used up, the logins ended and the event, or none of them. */
@Stateless
public class ForgottenPasswords {
  @Inject private Users users;
  @Inject private PasswordResets resets;
  @Inject private Tokens tokens;
  @Inject private AuditEvents events;
  @Inject private Clock clock;

  /**
   * Sets a password.
   *
   * @param user whose code it was a moment ago
   * @return whether it was set: not when a rival used the code, or the account was suspended or
   *     erased meanwhile
   */
  public boolean set(Origin origin, UUID user, String code, String passwordHash) {
    Optional<User> open = users.lock(user).filter(found -> !found.isSuspended());
    if (open.isEmpty() || !resets.use(code)) {
      return false;
    }
    User locked = open.get();
    locked.changePassword(passwordHash, clock.instant());
    tokens.endLogins(user);
    events.record(
        origin,
        locked.asCaller(),
        AuditAction.USER_PASSWORD_RESET,
        Outcome.SUCCESS,
        "user:" + locked.username(),
        "code used");
    return true;
  }
}
