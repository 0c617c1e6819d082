package org.mdlibs.registry.webhook;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.user.Quotas;
import org.mdlibs.registry.webhook.WebhookRequest.Parsed;

/** The webhooks of the database. */
@Stateless
public class Webhooks {
  private static final int MOST = 10;

  @PersistenceContext private EntityManager entities;
  @Inject private Secrets secrets;
  @Inject private AuditEvents audit;
  @Inject private Clock clock;
  @Inject private Chance chance;

  /** Who changes something, and from where. */
  public record Actor(Caller caller, Origin origin) {}

  /** A new webhook, and its secret in clear. */
  public record Made(Webhook webhook, String secret) {}

  /** The webhooks of a scope, the oldest first. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<Webhook> ofScope(UUID scope) {
    return entities
        .createQuery(
            "select w from Webhook w where w.scopeId = :scope order by w.createdAt, w.id",
            Webhook.class)
        .setParameter("scope", scope)
        .getResultList();
  }

  /** A webhook of a scope. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<Webhook> find(UUID scope, UUID id) {
    return Optional.ofNullable(entities.find(Webhook.class, id))
        .filter(webhook -> webhook.scopeId().equals(scope));
  }

  /** A webhook, of whatever scope. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<Webhook> find(UUID id) {
    return Optional.ofNullable(entities.find(Webhook.class, id));
  }

  /**
   * Makes a webhook.
   *
   * @throws ProblemException {@link ProblemType#TOO_MANY_WEBHOOKS}; {@link
   *     ProblemType#SCOPE_NOT_FOUND} when the team was deleted meanwhile
   */
  public Made create(Namespace scope, Parsed wanted, Actor actor) {
    requireRoom(scope);
    UUID id = chance.uuid();
    String secret = wanted.secret() == null ? secrets.make() : wanted.secret();
    var webhook =
        new Webhook(
            id,
            scope.id(),
            wanted.url(),
            secrets.stored(secret, id),
            wanted.events() == null ? WebhookRequest.EVENTS : wanted.events(),
            clock.instant());
    if (Boolean.FALSE.equals(wanted.active())) {
      webhook.change(null, null, null, false, clock.instant());
    }
    entities.persist(webhook);
    record(actor, AuditAction.WEBHOOK_CREATED, scope, webhook, "");
    return new Made(webhook, secret);
  }

  /** Who makes several at once takes turns, so that each counts those before it. */
  private void requireRoom(Namespace scope) {
    entities
        .createQuery("update Namespace n set n.usedBytes = n.usedBytes where n.id = :id")
        .setParameter("id", scope.id())
        .executeUpdate();
    Namespace row = entities.find(Namespace.class, scope.id());
    entities.refresh(row);
    if (row.isClosed()) {
      throw Quotas.closed(row);
    }
    if (ofScope(scope.id()).size() >= MOST) {
      throw new ProblemException(
          ProblemType.TOO_MANY_WEBHOOKS, "Remove one first: a scope has at most " + MOST + ".");
    }
  }

  /**
   * Changes a webhook.
   *
   * @throws ProblemException {@link ProblemType#WEBHOOK_NOT_FOUND}
   */
  public Webhook change(Namespace scope, UUID id, Parsed wanted, Actor actor) {
    Webhook webhook = lock(scope, id);
    webhook.change(
        wanted.url(),
        wanted.secret() == null ? null : secrets.stored(wanted.secret(), id),
        wanted.events(),
        wanted.active(),
        clock.instant());
    record(
        actor,
        AuditAction.WEBHOOK_CHANGED,
        scope,
        webhook,
        wanted.secret() == null ? "" : " secret=changed");
    return webhook;
  }

  /**
   * Removes a webhook and its deliveries.
   *
   * @throws ProblemException {@link ProblemType#WEBHOOK_NOT_FOUND}
   */
  public void remove(Namespace scope, UUID id, Actor actor) {
    Webhook webhook = lock(scope, id);
    record(actor, AuditAction.WEBHOOK_REMOVED, scope, webhook, "");
    entities.remove(webhook);
  }

  private Webhook lock(Namespace scope, UUID id) {
    entities
        .createQuery("update Webhook w set w.updatedAt = w.updatedAt where w.id = :id")
        .setParameter("id", id)
        .executeUpdate();
    Webhook webhook = find(scope.id(), id).orElseThrow(Webhooks::notFound);
    entities.refresh(webhook);
    return webhook;
  }

  /** Wraps the secrets that were stored in clear before there was a key for it. */
  public void protect() {
    entities
        .createQuery("select w from Webhook w where w.secret like :clear", Webhook.class)
        .setParameter("clear", Secrets.CLEAR + "%")
        .getResultStream()
        .forEach(
            webhook -> {
              String clear = webhook.secret();
              entities
                  .createQuery(
                      "update Webhook w set w.secret = :wrapped"
                          + " where w.id = :id and w.secret = :clear")
                  .setParameter(
                      "wrapped", secrets.stored(secrets.open(clear, webhook.id()), webhook.id()))
                  .setParameter("id", webhook.id())
                  .setParameter("clear", clear)
                  .executeUpdate();
            });
  }

  /** The problem of a webhook that the scope does not have. */
  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.WEBHOOK_NOT_FOUND, "Choose one of the webhooks that the list shows.");
  }

  /** Not the whole URL: the paths of some receivers are secrets. */
  private void record(
      Actor actor, AuditAction action, Namespace scope, Webhook webhook, String more) {
    audit.record(
        actor.origin(),
        actor.caller(),
        action,
        Outcome.SUCCESS,
        "webhook:" + webhook.id(),
        "scope=%s host=%s events=%s active=%s%s"
            .formatted(
                scope.name(),
                webhook.url().getHost(),
                String.join(",", webhook.events()),
                webhook.isActive(),
                more));
  }
}
