package org.mdlibs.registry.token;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.user.Memberships;
import org.mdlibs.registry.user.User;

/** The tokens of the database. */
@Stateless
public class Tokens {
  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Chance chance;
  @Inject private Memberships memberships;

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
  }

  /** Removes every token of a user, of whichever kind. */
  public void removeAll(UUID userId) {
    entities
        .createQuery("delete from Token t where t.userId = :user")
        .setParameter("user", userId)
        .executeUpdate();
  }

  /**
   * Whom a registered token stands for, right now: with the role that the database gives him,
   * unless the token was revoked or the account suspended.
   */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<Caller> findCaller(UUID tokenId) {
    return entities
        .createQuery(
            "select t, u from Token t, User u where t.id = :id and u.id = t.userId", Object[].class)
        .setParameter("id", tokenId)
        .getResultStream()
        .findFirst()
        .map(row -> callerOf((Token) row[0], (User) row[1]));
  }

  private Caller callerOf(Token token, User user) {
    if (!token.isValidAt(clock.instant()) || user.isSuspended()) {
      return null;
    }
    Set<Permission> permissions = EnumSet.copyOf(token.permissions());
    if (user.role() != Role.ADMIN) {
      permissions.remove(Permission.ADMIN);
    }
    return new Caller(
        user.id(), user.username(), user.role(), permissions, memberships.of(user.id()));
  }
}
