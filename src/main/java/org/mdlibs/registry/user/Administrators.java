package org.mdlibs.registry.user;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.UUID;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Holds the rule that the registry always has an administrator who is not suspended. Whoever takes
 * one away calls {@link #lock} first, in his transaction, so that two of them take turns.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Administrators {
  @PersistenceContext private EntityManager entities;

  /** Waits for whoever changes administrators; holds until the transaction ends. */
  public void lock() {
    entities
        .createNativeQuery("update locks set name = name where name = 'administrators'")
        .executeUpdate();
  }

  /**
   * Ends the change that would leave none; asked under the lock, before the change.
   *
   * @throws ProblemException {@link ProblemType#LAST_ADMINISTRATOR}
   */
  public void requireAnotherThan(UUID user) {
    if (!hasAnotherThan(user)) {
      throw new ProblemException(
          ProblemType.LAST_ADMINISTRATOR,
          "Make another account an administrator first: this is the only one left.");
    }
  }

  /** Whether there is another; asked under the lock. */
  public boolean hasAnotherThan(UUID user) {
    return !entities
        .createQuery(
            "select u.id from User u where u.role = :role and u.suspended = false"
                + " and u.closedBySource = false and u.id <> :user",
            UUID.class)
        .setParameter("role", Role.ADMIN)
        .setParameter("user", user)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }
}
