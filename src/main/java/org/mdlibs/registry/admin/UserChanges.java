package org.mdlibs.registry.admin;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.Administrators;
import org.mdlibs.registry.user.Email;
import org.mdlibs.registry.user.PasswordResets;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/** What an administrator does to accounts: each act and its audit event in one transaction. */
@Stateless
public class UserChanges {
  @Inject private Users users;
  @Inject private Administrators administrators;
  @Inject private PasswordResets resets;
  @Inject private Erasures erasures;
  @Inject private AuditEvents events;
  @Inject private Clock clock;

  /** Who acts, and from where. */
  public record Act(Caller administrator, Origin origin) {}

  /** A change, checked; null leaves what is. */
  public record Change(Boolean suspended, Role role, Quota quota) {}

  /** A new account; {@code code} is null when it has a password. */
  public record Created(User user, PasswordResets.Code code) {}

  /**
   * Makes an account.
   *
   * @param passwordHash null: with a code by which its owner sets a password
   * @throws ProblemException {@link ProblemType#USERNAME_TAKEN}, {@link ProblemType#EMAIL_TAKEN}
   */
  public Created create(Act act, Scope username, Email email, String passwordHash, Role role) {
    User user = users.register(username, email, passwordHash, role);
    record(act, AuditAction.USER_REGISTERED, user, "role " + role.wireName());
    return new Created(user, passwordHash == null ? issueCode(act, user) : null);
  }

  /**
   * Changes an account.
   *
   * @throws ProblemException {@link ProblemType#USER_NOT_FOUND}, {@link
   *     ProblemType#LAST_ADMINISTRATOR}
   */
  public void change(Act act, UUID id, Change change) {
    administrators.lock();
    User user = users.lock(id).orElseThrow(Users::notFound);
    boolean closes = Boolean.TRUE.equals(change.suspended());
    if (isAdministrator(user) && (closes || change.role() == Role.USER)) {
      administrators.requireAnotherThan(id);
    }
    if (change.role() != null && change.role() != user.role()) {
      String detail = user.role().wireName() + " to " + change.role().wireName();
      user.changeRole(change.role(), clock.instant());
      record(act, AuditAction.USER_ROLE_CHANGED, user, detail);
    }
    if (change.suspended() != null && change.suspended() != user.isSuspendedHere()) {
      user.suspend(closes, clock.instant());
      record(act, closes ? AuditAction.USER_SUSPENDED : AuditAction.USER_RESTORED, user, null);
    }
    if (change.quota() != null) {
      users.limit(id, change.quota().bytes());
      record(act, AuditAction.USER_QUOTA_CHANGED, user, "to " + change.quota());
    }
  }

  /**
   * Erases an account.
   *
   * @throws ProblemException {@link ProblemType#USER_NOT_FOUND}, {@link
   *     ProblemType#LAST_ADMINISTRATOR}, {@link ProblemType#CONFLICT} when a team would lose its
   *     last admin
   */
  public void erase(Act act, UUID id) {
    administrators.lock();
    User user = users.lock(id).orElseThrow(Users::notFound);
    if (isAdministrator(user)) {
      administrators.requireAnotherThan(id);
    }
    record(act, AuditAction.USER_ERASED, user, null);
    erasures.erase(user);
  }

  /**
   * Makes a code by which the owner of an account sets a new password.
   *
   * @throws ProblemException {@link ProblemType#USER_NOT_FOUND}, {@link
   *     ProblemType#ACCOUNT_NOT_LOCAL}
   */
  public PasswordResets.Code resetPassword(Act act, UUID id) {
    User user = users.lock(id).orElseThrow(Users::notFound);
    if (user.issuer() != null) {
      throw new ProblemException(
          ProblemType.ACCOUNT_NOT_LOCAL,
          "Change the password where the account comes from: it has none here.");
    }
    return issueCode(act, user);
  }

  private PasswordResets.Code issueCode(Act act, User user) {
    record(act, AuditAction.USER_PASSWORD_RESET, user, "code made");
    return resets.issue(user.id());
  }

  private static boolean isAdministrator(User user) {
    return user.role() == Role.ADMIN && !user.isSuspended();
  }

  private void record(Act act, AuditAction action, User user, String detail) {
    String target = "user:" + user.username();
    events.record(act.origin(), act.administrator(), action, Outcome.SUCCESS, target, detail);
  }
}
