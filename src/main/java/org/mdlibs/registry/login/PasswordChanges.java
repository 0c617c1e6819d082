package org.mdlibs.registry.login;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.token.Tokens;
import org.mdlibs.registry.user.Users;

/** Changes passwords, with what follows from that, in one transaction. */
@Stateless
public class PasswordChanges {
  @Inject private Users users;
  @Inject private Tokens tokens;
  @Inject private AuditEvents audit;

  /**
   * Changes the caller's password and ends his other login tokens.
   *
   * @param token the one that he came with, which stays
   * @param before the hash of the password that he gave as the current one
   * @throws ProblemException {@link ProblemType#CONFLICT} when it is no longer that
   */
  public void change(
      Caller caller,
      UUID token,
      String before,
      String after,
      boolean revokeApiTokens,
      Origin origin) {
    if (!users.changePassword(caller.id(), before, after)) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The password was changed elsewhere just now: log in with it.");
    }
    int ended = tokens.revokeAll(caller.id(), token, revokeApiTokens);
    audit.record(
        origin,
        caller,
        AuditAction.USER_PASSWORD_CHANGED,
        Outcome.SUCCESS,
        "user:" + caller.username(),
        "tokens ended: " + ended);
  }
}
