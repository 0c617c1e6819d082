package org.mdlibs.registry.token;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/** The tokens of the database. A request is let in by {@link Bearers}. */
@Stateless
public class Tokens {
  /** API tokens of one account that can be used at the same time. */
  static final int MOST_LIVE = 100;

  /** How long API tokens that open nothing any more are remembered. */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Chance chance;
  @Inject private AuditEvents audit;
  @Inject private Event<LoginsEnded> ended;

  /** Registers a new login token of a user, and forgets those of his that have expired. */
  public Token register(UUID userId, Instant now, Instant expiresAt) {
    entities
        .createQuery(
            "delete from Token t where t.userId = :user and t.kind = 'login' and t.expiresAt < :now")
        .setParameter("user", userId)
        .setParameter("now", now)
        .executeUpdate();
    Token token = Token.ofLogin(chance.uuid(), userId, now, expiresAt);
    entities.persist(token);
    return token;
  }

  /** Ends every login of a user. */
  public void endLogins(UUID userId) {
    entities
        .createQuery("delete from Token t where t.userId = :user and t.kind = 'login'")
        .setParameter("user", userId)
        .executeUpdate();
    ended.fire(new LoginsEnded(userId));
  }

  /** Removes every token of a user, of whichever kind. */
  public void removeAll(UUID userId) {
    entities
        .createQuery("delete from Token t where t.userId = :user")
        .setParameter("user", userId)
        .executeUpdate();
  }

  /**
   * Makes an API token of the caller's.
   *
   * @param presented the token that he came with; null where that is none of ours
   * @throws ProblemException {@link ProblemType#TOO_MANY_TOKENS}; {@link ProblemType#INVALID_TOKEN}
   *     when the one that he came with was ended meanwhile
   */
  public Token create(
      Caller owner,
      UUID presented,
      ApiSecret secret,
      String name,
      Set<Permission> permissions,
      Duration lifetime,
      Origin origin) {
    Instant now = clock.instant();
    lock(owner.id());
    if (presented != null && !isLive(presented)) {
      throw new ProblemException(ProblemType.INVALID_TOKEN, "Log in again.");
    }
    forget(owner.id(), now.minus(REMEMBERED));
    if (countLive(owner.id(), now) >= MOST_LIVE) {
      throw new ProblemException(
          ProblemType.TOO_MANY_TOKENS,
          "Revoke one first: an account has at most " + MOST_LIVE + " API tokens.");
    }
    Token token =
        Token.ofApi(
            chance.uuid(), owner.id(), secret.sha256(), name, permissions, now, now.plus(lifetime));
    entities.persist(token);
    audit.record(
        origin,
        owner,
        AuditAction.TOKEN_CREATED,
        Outcome.SUCCESS,
        target(token.id()),
        "name: " + name + ", scopes: " + Permission.stored(permissions));
    return token;
  }

  /** Makes others that count this account's tokens wait for this transaction. */
  private void lock(UUID user) {
    entities
        .createQuery("update User u set u.updatedAt = u.updatedAt where u.id = :id")
        .setParameter("id", user)
        .executeUpdate();
  }

  private void forget(UUID user, Instant before) {
    entities
        .createQuery(
            "delete from Token t where t.userId = :user and t.kind = 'api'"
                + " and (t.expiresAt < :before or t.revokedAt < :before)")
        .setParameter("user", user)
        .setParameter("before", before)
        .executeUpdate();
  }

  private long countLive(UUID user, Instant now) {
    return entities
        .createQuery(
            "select count(t) from Token t where t.userId = :user and t.kind = 'api'"
                + " and t.revokedAt is null and t.expiresAt > :now",
            Long.class)
        .setParameter("user", user)
        .setParameter("now", now)
        .getSingleResult();
  }

  /** Whether the token with an id still lets its bearer in; asked under the lock of his account. */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public boolean isLive(UUID id) {
    return entities
            .createQuery(
                "select count(t) from Token t where t.id = :id and t.revokedAt is null"
                    + " and t.expiresAt > :now",
                Long.class)
            .setParameter("id", id)
            .setParameter("now", clock.instant())
            .getSingleResult()
        > 0;
  }

  /** The API tokens of a user that were not revoked, the newest first; expired ones for a while. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<Token> apiTokens(UUID user) {
    return entities
        .createQuery(
            "select t from Token t where t.userId = :user and t.kind = 'api'"
                + " and t.revokedAt is null and t.expiresAt > :since"
                + " order by t.createdAt desc, t.id",
            Token.class)
        .setParameter("user", user)
        .setParameter("since", clock.instant().minus(REMEMBERED))
        .getResultList();
  }

  /** The token with an id, also when it opens nothing any more. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<Token> find(UUID id) {
    return Optional.ofNullable(entities.find(Token.class, id));
  }

  /**
   * Revokes a token, at once and on every node; does nothing when it was revoked before.
   *
   * @param caller who does it
   */
  public void revoke(UUID id, Caller caller, Origin origin) {
    if (end(id)) {
      audit.record(origin, caller, AuditAction.TOKEN_REVOKED, Outcome.SUCCESS, target(id), null);
    }
  }

  /** Ends the token that the caller came with. */
  public void logOut(UUID id, Caller caller, Origin origin) {
    if (end(id)) {
      audit.record(
          origin,
          caller,
          AuditAction.USER_LOGOUT,
          Outcome.SUCCESS,
          "user:" + caller.username(),
          target(id));
    }
  }

  private boolean end(UUID id) {
    return entities
            .createQuery(
                "update Token t set t.revokedAt = :now where t.id = :id and t.revokedAt is null")
            .setParameter("now", clock.instant())
            .setParameter("id", id)
            .executeUpdate()
        > 0;
  }

  /**
   * Revokes a user's login tokens, except one, and on demand the API tokens too.
   *
   * @param except the id of the token that stays; any other id for none
   * @return how many
   */
  public int revokeAll(UUID user, UUID except, boolean apiTokensToo) {
    ended.fire(new LoginsEnded(user));
    return entities
        .createQuery(
            "update Token t set t.revokedAt = :now where t.userId = :user and t.id <> :except"
                + " and t.revokedAt is null and (t.kind = 'login' or t.kind = :kind)")
        .setParameter("now", clock.instant())
        .setParameter("user", user)
        .setParameter("except", except)
        .setParameter("kind", apiTokensToo ? "api" : "login")
        .executeUpdate();
  }

  /** Notes when tokens were last used, unless the database knows it well enough. */
  public void used(Map<UUID, Instant> times) {
    times.forEach(
        (id, time) ->
            entities
                .createQuery(
                    "update Token t set t.lastUsedAt = :time where t.id = :id"
                        + " and (t.lastUsedAt is null or t.lastUsedAt <= :before)")
                .setParameter("time", time)
                .setParameter("before", time.minus(TokenUse.PRECISION))
                .setParameter("id", id)
                .executeUpdate());
  }

  private static String target(UUID id) {
    return "token:" + id;
  }
}
