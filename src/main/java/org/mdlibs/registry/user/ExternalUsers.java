package org.mdlibs.registry.user;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/** The accounts of the database that belong to a source outside. */
@Stateless
public class ExternalUsers {
  private static final Logger LOG = Logger.getLogger(ExternalUsers.class.getName());

  @PersistenceContext private EntityManager entities;
  @Inject private Users users;
  @Inject private Administrators administrators;
  @Inject private Emails emails;
  @Inject private GroupMemberships memberships;
  @Inject private AuditEvents audit;
  @Inject private Clock clock;
  @Inject private Chance chance;

  /** The account of a source's subject. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<User> find(String issuer, String subject) {
    return entities
        .createQuery(
            "select u from User u where u.issuer = :issuer and u.subject = :subject", User.class)
        .setParameter("issuer", issuer)
        .setParameter("subject", subject)
        .getResultStream()
        .findFirst();
  }

  /** All accounts of a source. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<User> ofIssuer(String issuer) {
    return entities
        .createQuery("select u from User u where u.issuer = :issuer", User.class)
        .setParameter("issuer", issuer)
        .getResultList();
  }

  /** Whether an account is what its source says, as far as it can be. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public boolean isUpToDate(User user, ExternalIdentity identity, GroupRules rules) {
    return !user.isClosedBySource()
        && newEmail(user, identity).isEmpty()
        && (!rules.decideAdministrators()
            || (user.role() == Role.ADMIN) == rules.makeAdministrator(identity.groups()))
        && memberships.areUpToDate(user, rules.teams(identity.groups()));
  }

  /** Makes or updates an account; see {@link ExternalAccounts#signIn}. */
  public User apply(ExternalIdentity identity, GroupRules rules, Origin origin) {
    Instant asOf = identity.asOf() == null ? clock.instant() : identity.asOf();
    Optional<User> known = find(identity.issuer(), identity.subject());
    if (known.isEmpty()) {
      return make(identity, rules, origin);
    }
    User user = known.get();
    if (user.role() == Role.ADMIN && rules.decideAdministrators()) {
      // Before the account's own row: in this order no two of them wait for each other.
      administrators.lock();
    }
    boolean newest = hear(user.id(), asOf);
    entities.refresh(user);
    if (newest) {
      update(user, identity, rules, origin);
    }
    return user;
  }

  /** Closes an account that its source does not know any more; its tokens open nothing. */
  public void close(UUID id) {
    hear(id, clock.instant());
    User user = entities.find(User.class, id);
    if (user == null || user.isClosedBySource()) {
      return;
    }
    user.setClosedBySource(true, clock.instant());
    record(Origin.SYSTEM, AuditAction.USER_SUSPENDED, user, user.issuer() + " has no such account");
  }

  /** Locks the account's row, unless the source has said something later. */
  private boolean hear(UUID id, Instant asOf) {
    return entities
            .createQuery(
                "update User u set u.sourceSaidAt = :asOf where u.id = :id"
                    + " and (u.sourceSaidAt is null or u.sourceSaidAt < :asOf)")
            .setParameter("asOf", asOf)
            .setParameter("id", id)
            .executeUpdate()
        == 1;
  }

  private User make(ExternalIdentity identity, GroupRules rules, Origin origin) {
    Scope name = scope(identity.username());
    if (users.findNamespace(name).isPresent()) {
      throw refused(
          "The name '%s' belongs to another account or team here, and accounts are never joined by"
              + " their names. Ask an administrator of the registry, who can have you named"
              + " otherwise at the source.",
          name);
    }
    Email email = email(identity.email());
    if (users.findByLogin(email.value()).isPresent()) {
      throw refused(
          "The e-mail address '%s' belongs to another account here, and accounts are never joined"
              + " by it. Log in with that account, or ask an administrator of the registry.",
          email.value());
    }
    UUID id = chance.uuid();
    entities.persist(new Namespace(id, name, Namespace.USER, clock.instant()));
    entities.flush();
    Role role = rules.makeAdministrator(identity.groups()) ? Role.ADMIN : Role.USER;
    User user = User.ofSource(id, name, email, role, identity, clock.instant());
    entities.persist(user);
    entities.flush();
    record(
        origin,
        AuditAction.USER_LINKED,
        user,
        "issuer %s, subject %s, role %s"
            .formatted(identity.issuer(), identity.subject(), role.wireName()));
    memberships.follow(user, rules.teams(identity.groups()), origin);
    return user;
  }

  private void update(User user, ExternalIdentity identity, GroupRules rules, Origin origin) {
    newEmail(user, identity).ifPresent(email -> user.follow(email, clock.instant()));
    if (user.isClosedBySource()) {
      user.setClosedBySource(false, clock.instant());
      record(origin, AuditAction.USER_RESTORED, user, user.issuer() + " has the account again");
    }
    if (rules.decideAdministrators()) {
      followRole(user, rules.makeAdministrator(identity.groups()) ? Role.ADMIN : Role.USER, origin);
    }
    entities.flush();
    memberships.follow(user, rules.teams(identity.groups()), origin);
  }

  private void followRole(User user, Role role, Origin origin) {
    if (user.role() == role) {
      return;
    }
    if (role != Role.ADMIN && !administrators.hasAnotherThan(user.id())) {
      LOG.warning(
          () ->
              "user=%s left the group of administrators and stays one: there is no other"
                  .formatted(user.username()));
      return;
    }
    user.follow(role, clock.instant());
    record(
        origin,
        AuditAction.USER_ROLE_CHANGED,
        user,
        "role %s, by the groups of %s".formatted(role.wireName(), user.issuer()));
  }

  /** The address that the source tells, when it differs, is one, and nobody else has it. */
  private Optional<Email> newEmail(User user, ExternalIdentity identity) {
    if (identity.email() == null || identity.email().equals(user.email())) {
      return Optional.empty();
    }
    try {
      Email email = emails.parse(identity.email());
      boolean free =
          users.findByLogin(email.value()).filter(u -> !u.id().equals(user.id())).isEmpty();
      return free ? Optional.of(email) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The scope of a name; of one like an e-mail address, the part before the '@'. */
  private static Scope scope(String username) {
    try {
      int at = username.indexOf('@');
      Scope scope = Scope.parse(at < 0 ? username : username.substring(0, at));
      if (scope.isReserved()) {
        throw refused("The name '%s' is reserved here: ask for another at the source.", scope);
      }
      return scope;
    } catch (IllegalArgumentException e) {
      throw refused(
          "The name '%s' cannot be a username here: it " + e.getMessage() + ".", username);
    }
  }

  private Email email(String address) {
    try {
      return emails.parse(address);
    } catch (IllegalArgumentException e) {
      throw refused(
          "The source tells no e-mail address that can be used here: it " + e.getMessage() + "%s.",
          "");
    }
  }

  private static ProblemException refused(String detail, Object value) {
    return new ProblemException(ProblemType.ACCOUNT_REFUSED, detail.formatted(value));
  }

  private void record(Origin origin, AuditAction action, User user, String detail) {
    audit.record(origin, null, action, Outcome.SUCCESS, "user:" + user.username(), detail);
  }
}
