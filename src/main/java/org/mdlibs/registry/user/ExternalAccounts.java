package org.mdlibs.registry.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Logger;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Lets people in with the accounts that they have elsewhere. An account belongs to one source for
 * good; a clash of names is refused and told to the administrators, never resolved by linking.
 */
@ApplicationScoped
public class ExternalAccounts {
  private static final Logger LOG = Logger.getLogger(ExternalAccounts.class.getName());
  private static final Duration SILENCE = Duration.ofMinutes(10);
  private static final int MOST_REMEMBERED = 1000;

  private final Map<String, Instant> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  @Inject private ExternalUsers users;
  @Inject private AuditEvents audit;
  @Inject private Clock clock;

  /**
   * Makes or updates the account of somebody whom a source has authenticated: e-mail address, role
   * and teams become what the source says. Must not be called within a transaction.
   *
   * @param origin of the request, for the audit log
   * @return the account; it may be suspended
   * @throws ProblemException {@link ProblemType#ACCOUNT_REFUSED} when the account cannot be made
   */
  public User signIn(ExternalIdentity identity, GroupRules rules, Origin origin) {
    try {
      return DatabaseFailure.retryWhenARivalWins(() -> users.apply(identity, rules, origin));
    } catch (ProblemException e) {
      if (e.type() == ProblemType.ACCOUNT_REFUSED) {
        tellRefusal(identity, origin, e.getMessage());
      }
      throw e;
    }
  }

  /**
   * Tells the administrators, in audit log and log, that a source's account cannot be used here. A
   * client that tries again and again is told of once in ten minutes.
   */
  public void tellRefusal(ExternalIdentity identity, Origin origin, String reason) {
    if (!isNews(identity.issuer() + " " + identity.subject())) {
      return;
    }
    LOG.warning(
        () ->
            "account of issuer=%s subject=%s name=%s refused: %s"
                .formatted(identity.issuer(), identity.subject(), identity.username(), reason));
    audit.record(
        origin,
        null,
        AuditAction.USER_LINKED,
        Outcome.FAILURE,
        "user:" + identity.username(),
        "issuer %s, subject %s: %s".formatted(identity.issuer(), identity.subject(), reason));
  }

  private synchronized boolean isNews(String account) {
    Instant now = clock.instant();
    Instant last = told.get(account);
    if (last != null && now.isBefore(last.plus(SILENCE))) {
      return false;
    }
    told.remove(account);
    told.put(account, now);
    return true;
  }
}
