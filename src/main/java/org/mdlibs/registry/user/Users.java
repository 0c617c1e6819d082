package org.mdlibs.registry.user;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/** The accounts and namespaces of the database. */
@Stateless
public class Users {
  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Chance chance;

  /**
   * Makes an account and its namespace.
   *
   * @throws ProblemException {@link ProblemType#USERNAME_TAKEN} also when the scope was somebody's
   *     once; {@link ProblemType#EMAIL_TAKEN}
   */
  public User register(Scope username, Email email, String passwordHash, Role role) {
    if (findNamespace(username).isPresent()) {
      throw new ProblemException(
          ProblemType.USERNAME_TAKEN, "Choose another username: '" + username + "' is taken.");
    }
    if (findByEmail(email).isPresent()) {
      throw new ProblemException(
          ProblemType.EMAIL_TAKEN, "An account with this e-mail address exists: log in with it.");
    }
    UUID id = chance.uuid();
    entities.persist(new Namespace(id, username, Namespace.USER, clock.instant()));
    entities.flush();
    var user = new User(id, username, email, passwordHash, role, clock.instant());
    entities.persist(user);
    entities.flush();
    return user;
  }

  /** Whether there is no account at all. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public boolean isEmpty() {
    return entities
        .createQuery("select u.id from User u", UUID.class)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** The username of the oldest account that administrates the registry. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<String> firstAdministrator() {
    return first(
        entities
            .createQuery(
                "select u.username from User u where u.role = :role order by u.createdAt",
                String.class)
            .setParameter("role", Role.ADMIN)
            .setMaxResults(1)
            .getResultList());
  }

  /**
   * Changes an account's password hash, unless somebody else did meanwhile.
   *
   * @param before the hash that the change is based on
   * @return whether it was changed
   */
  public boolean changePassword(UUID id, String before, String after) {
    return entities
            .createQuery(
                "update User u set u.passwordHash = :after, u.updatedAt = :now"
                    + " where u.id = :id and u.passwordHash = :before")
            .setParameter("after", after)
            .setParameter("now", clock.instant())
            .setParameter("id", id)
            .setParameter("before", before)
            .executeUpdate()
        > 0;
  }

  /** The account with an id. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<User> find(UUID id) {
    return Optional.ofNullable(entities.find(User.class, id));
  }

  /** The account that a person names at login: by username or e-mail, whatever the case. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<User> findByLogin(String usernameOrEmail) {
    if (usernameOrEmail.indexOf('@') >= 0) {
      return findByEmail(new Email(usernameOrEmail));
    }
    return first(
        entities
            .createQuery("select u from User u where u.username = :name", User.class)
            .setParameter("name", usernameOrEmail.toLowerCase(Locale.ROOT))
            .getResultList());
  }

  private Optional<User> findByEmail(Email email) {
    return first(
        entities
            .createQuery("select u from User u where u.emailKey = :key", User.class)
            .setParameter("key", email.key())
            .getResultList());
  }

  /** The namespace of a name, whether or not its user or team still exists. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<Namespace> findNamespace(Scope name) {
    return first(
        entities
            .createQuery("select n from Namespace n where n.name = :name", Namespace.class)
            .setParameter("name", name.value())
            .getResultList());
  }

  /** The namespace of a user. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Namespace getNamespace(UUID id) {
    return Optional.ofNullable(entities.find(Namespace.class, id))
        .orElseThrow(
            () -> new ProblemException(ProblemType.SCOPE_NOT_FOUND, "There is no such scope."));
  }

  /**
   * Waits for whoever changes the same account, then gives it as he left it, unless it is erased.
   */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public Optional<User> lock(UUID id) {
    int rows =
        entities
            .createQuery("update User u set u.updatedAt = u.updatedAt where u.id = :id")
            .setParameter("id", id)
            .executeUpdate();
    if (rows == 0) {
      return Optional.empty();
    }
    User user = entities.find(User.class, id);
    entities.refresh(user);
    return Optional.of(user).filter(found -> !found.isErased());
  }

  /**
   * Sets what a namespace may keep.
   *
   * @param quotaBytes null for what holds where nobody set another
   */
  public void limit(UUID namespace, Long quotaBytes) {
    entities
        .createQuery("update Namespace n set n.usedBytes = n.usedBytes where n.id = :id")
        .setParameter("id", namespace)
        .executeUpdate();
    Namespace row = getNamespace(namespace);
    entities.refresh(row);
    row.limit(quotaBytes);
  }

  /** The problem of an account that does not exist, or not any more. */
  public static ProblemException notFound() {
    return new ProblemException(
        ProblemType.USER_NOT_FOUND, "Look for the account in the list of users.");
  }

  private static <T> Optional<T> first(List<T> rows) {
    return rows.stream().findFirst();
  }
}
