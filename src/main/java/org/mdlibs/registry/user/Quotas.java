package org.mdlibs.registry.user;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.UUID;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * What each namespace keeps and may keep, in bytes, counted in the transaction that stores or
 * removes.
 */
@Stateless
public class Quotas {
  @PersistenceContext private EntityManager entities;
  @Inject private RegistryConfig config;

  /** What a namespace may keep. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public long of(Namespace namespace) {
    return namespace.quotaBytes(standard(namespace));
  }

  private long standard(Namespace namespace) {
    return namespace.isTeam() ? config.teamQuotaBytes() : config.userQuotaBytes();
  }

  /**
   * Counts bytes that a namespace keeps from now on, by one conditional update.
   *
   * @throws ProblemException {@link ProblemType#QUOTA_EXCEEDED}; {@link
   *     ProblemType#SCOPE_NOT_FOUND} when its team was deleted meanwhile
   */
  public void charge(Namespace namespace, long bytes) {
    int charged =
        entities
            .createQuery(
                "update Namespace n set n.usedBytes = n.usedBytes + :bytes where n.id = :id"
                    + " and n.closed = false"
                    + " and n.usedBytes + :bytes <= coalesce(n.quotaBytes, :standard)")
            .setParameter("bytes", bytes)
            .setParameter("id", namespace.id())
            .setParameter("standard", standard(namespace))
            .executeUpdate();
    if (charged == 0) {
      Namespace now = entities.find(Namespace.class, namespace.id());
      entities.refresh(now);
      if (now.isClosed()) {
        throw closed(now);
      }
      throw exceeded(now.usedBytes(), of(now), bytes);
    }
  }

  /** Counts bytes that a namespace keeps no more. */
  public void refund(UUID namespace, long bytes) {
    entities
        .createQuery("update Namespace n set n.usedBytes = n.usedBytes - :bytes where n.id = :id")
        .setParameter("bytes", bytes)
        .setParameter("id", namespace)
        .executeUpdate();
  }

  /** The problem of a scope whose team is gone. */
  public static ProblemException closed(Namespace namespace) {
    return new ProblemException(
        ProblemType.SCOPE_NOT_FOUND,
        "Choose another scope: the team '" + namespace.name() + "' was deleted.");
  }

  /**
   * The problem of an archive that has no room left; the figures are members of it.
   *
   * @param used bytes that are kept
   * @param quota bytes that may be kept
   * @param needed bytes more that were to be kept
   */
  public static ProblemException exceeded(long used, long quota, long needed) {
    return new ProblemException(
        ProblemType.QUOTA_EXCEEDED,
        "Delete old versions or ask an administrator: %d of %d bytes are used, and %d more are needed."
            .formatted(used, quota, needed),
        Map.of("used_bytes", used, "quota_bytes", quota, "needed_bytes", needed));
  }
}
