package org.mdlibs.registry.login;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.metrics.Metrics;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.token.LoginTokens;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/**
 * Attempts to log in, as the database remembers them for all nodes: how many failed lately, and
 * from where they succeeded.
 */
@Stateless
public class Logins {
  /** How long a place counts as an account's own after a login from there. */
  private static final Duration KNOWN = Duration.ofDays(30);

  private static final Duration KNOWN_PRECISION = Duration.ofDays(1);

  @PersistenceContext private EntityManager entities;
  @Inject private RegistryConfig config;
  @Inject private Clock clock;
  @Inject private Users users;
  @Inject private LoginTokens loginTokens;
  @Inject private AuditEvents audit;
  @Inject private Metrics metrics;

  /**
   * Lets an attempt pass unless too many failed; whether the account exists and the password is
   * right makes no difference.
   *
   * @throws ProblemException {@link ProblemType#TOO_MANY_REQUESTS}
   */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public void requireFew(Attempt attempt) {
    if (!config.rateLimits().enabled()) {
      return;
    }
    Duration wait = throttle().wait(levels(attempt), clock.millis());
    if (!wait.isZero()) {
      metrics.refused("failed_logins");
      throw new ProblemException(
          ProblemType.TOO_MANY_REQUESTS,
          "Wait a little and try again: too many logins failed.",
          wait);
    }
  }

  @SuppressWarnings("unchecked")
  private Throttle.Levels levels(Attempt attempt) {
    List<Object[]> rows =
        entities
            .createNativeQuery(
                "select bucket, full_until from login_buckets where bucket in (?, ?, ?, ?)")
            .setParameter(1, attempt.pair())
            .setParameter(2, attempt.account())
            .setParameter(3, attempt.place())
            .setParameter(4, attempt.known())
            .getResultList();
    return new Throttle.Levels(
        level(rows, attempt.pair()),
        level(rows, attempt.account()),
        level(rows, attempt.place()),
        level(rows, attempt.known()) > clock.millis());
  }

  private static long level(List<Object[]> rows, byte[] bucket) {
    return rows.stream()
        .filter(row -> Arrays.equals((byte[]) row[0], bucket))
        .mapToLong(row -> ((Number) row[1]).longValue())
        .findFirst()
        .orElse(0);
  }

  private Throttle throttle() {
    return new Throttle(config.rateLimits().loginsPerMinute());
  }

  /**
   * Counts an attempt that failed. The log names the account where there is one; what else was
   * typed may be a password.
   *
   * @param actor who was logged in already, or null
   */
  public void fail(Attempt attempt, AuditAction action, Caller actor, Origin origin) {
    fail(attempt, action, actor, users.findByLogin(attempt.name()).orElse(null), origin);
  }

  /**
   * Counts an attempt that failed.
   *
   * @param actor who was logged in already, or null
   * @param owner whose account was tried, or null when it is nobody's
   */
  public void fail(Attempt attempt, AuditAction action, Caller actor, User owner, Origin origin) {
    if (config.rateLimits().enabled()) {
      // Always in this order, so that two failures cannot wait for each other.
      count(attempt.account(), throttle().wideStep());
      count(attempt.place(), throttle().wideStep());
      count(attempt.pair(), throttle().narrowStep());
    }
    metrics.loginFailed(action.wireName());
    String name = owner == null ? "?" : owner.username();
    audit.record(origin, actor, action, Outcome.FAILURE, "user:" + name, null);
  }

  private void count(byte[] bucket, long step) {
    long now = clock.millis();
    entities
        .createNativeQuery(
            "insert into login_buckets (bucket, full_until) values (?, ?)"
                + " on conflict (bucket) do update set full_until = ? + case"
                + " when login_buckets.full_until > ? then login_buckets.full_until else ? end")
        .setParameter(1, bucket)
        .setParameter(2, now + step)
        .setParameter(3, step)
        .setParameter(4, now)
        .setParameter(5, now)
        .executeUpdate();
  }

  /**
   * Gives a login token to somebody whose password was right.
   *
   * @param passwordHash what it was verified by; null where the password is kept elsewhere
   * @return empty when meanwhile the account was closed or got another password
   */
  public Optional<LoginTokens.Issued> succeed(
      Attempt attempt, Caller caller, String passwordHash, Origin origin) {
    boolean current =
        users
            .lock(caller.id())
            .filter(user -> passwordHash == null || passwordHash.equals(user.passwordHash()))
            .isPresent();
    Optional<LoginTokens.Issued> issued =
        current ? letIn(caller.id(), origin, null) : Optional.empty();
    if (issued.isPresent()) {
      noteKnown(attempt);
    }
    return issued;
  }

  private void noteKnown(Attempt attempt) {
    long until = clock.millis() + KNOWN.toMillis();
    entities
        .createNativeQuery(
            "insert into login_buckets (bucket, full_until) values (?, ?)"
                + " on conflict (bucket) do update set full_until = excluded.full_until"
                + " where login_buckets.full_until < ?")
        .setParameter(1, attempt.known())
        .setParameter(2, until)
        .setParameter(3, until - KNOWN_PRECISION.toMillis())
        .executeUpdate();
  }

  /**
   * Gives a login token to somebody who is known by now, with its event. Whoever ends an account's
   * logins, or closes it, holds its row too: so a login comes before that and is ended by it, or
   * after it and sees it.
   *
   * @param how how he is known, where it is not by a password; else null
   * @return empty when the account is closed or erased
   */
  public Optional<LoginTokens.Issued> letIn(UUID id, Origin origin, String how) {
    Optional<Caller> open = users.lock(id).filter(user -> !user.isSuspended()).map(User::asCaller);
    return open.map(
        caller -> {
          LoginTokens.Issued issued = loginTokens.issue(caller);
          String target = "user:" + caller.username();
          audit.record(origin, caller, AuditAction.USER_LOGIN, Outcome.SUCCESS, target, how);
          return issued;
        });
  }

  /** Forgets what means nothing any more. */
  public void forget() {
    entities
        .createNativeQuery("delete from login_buckets where full_until < ?")
        .setParameter(1, clock.millis())
        .executeUpdate();
  }
}
