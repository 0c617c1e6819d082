package org.mdlibs.registry.account;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.user.Email;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/** Accounts that people make for themselves, each with its event, in one transaction. */
@Stateless
public class Registrations {
  @Inject private Users users;
  @Inject private AuditEvents audit;

  /**
   * Makes an account.
   *
   * @throws ProblemException as {@link Users#register} does
   */
  public User register(Scope username, Email email, String passwordHash, Origin origin) {
    User user = users.register(username, email, passwordHash, Role.USER);
    audit.record(
        origin,
        user.asCaller(),
        AuditAction.USER_REGISTERED,
        Outcome.SUCCESS,
        "user:" + user.username(),
        null);
    return user;
  }
}
