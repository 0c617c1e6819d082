package org.mdlibs.registry.device;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.token.LoginsEnded;

/** The devices of the database that wait, or were answered a short time ago. */
@Stateless
public class DeviceRequests {
  private static final int CODE_BYTES = 32;
  private static final int MOST_OF_AN_ADDRESS = 100;
  private static final int MOST_MISSES_OF_A_USER = 10;
  private static final int MOST_MISSES_OF_AN_ADDRESS = 50;
  private static final Duration MISSES_COUNT_FOR = Duration.ofMinutes(10);
  private static final Duration KEPT_AFTER_EXPIRY = Duration.ofHours(1);

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Chance chance;

  /** The codes of a new request; they are told to the device and kept nowhere. */
  public record Codes(String deviceCode, UserCode userCode) {
    /** Never the codes. */
    @Override
    public String toString() {
      return "Codes";
    }
  }

  /**
   * Adds a request, and forgets those that expired long ago.
   *
   * @throws ProblemException {@link ProblemType#TOO_MANY_REQUESTS} for an address that has many
   *     waiting
   */
  public Codes add(String clientName, Set<Permission> scopes, String address) {
    Instant now = clock.instant();
    entities
        .createQuery("delete from DeviceRequest d where d.expiresAt < :limit")
        .setParameter("limit", now.minus(KEPT_AFTER_EXPIRY))
        .executeUpdate();
    long waiting =
        entities
            .createQuery(
                "select count(d) from DeviceRequest d"
                    + " where d.address = :address and d.status = 'pending' and d.expiresAt > :now",
                Long.class)
            .setParameter("address", address)
            .setParameter("now", now)
            .getSingleResult();
    if (waiting >= MOST_OF_AN_ADDRESS) {
      throw new ProblemException(
          ProblemType.TOO_MANY_REQUESTS,
          "Confirm or deny the devices that wait, or try again in some minutes.");
    }
    var codes =
        new Codes(
            Base64.getUrlEncoder().withoutPadding().encodeToString(chance.bytes(CODE_BYTES)),
            UserCode.random(chance));
    entities.persist(
        new DeviceRequest(
            chance.uuid(),
            UserCode.hash(codes.deviceCode()),
            codes.userCode().hash(),
            clientName,
            scopes,
            address,
            now));
    entities.flush();
    return codes;
  }

  /** The request of a device code, used and expired ones too. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<DeviceRequest> findByDeviceCode(String deviceCode) {
    return entities
        .createQuery(
            "select d from DeviceRequest d where d.deviceCodeHash = :hash", DeviceRequest.class)
        .setParameter("hash", UserCode.hash(deviceCode))
        .getResultStream()
        .findFirst();
  }

  /** The request that waits for a person and shows a code. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<DeviceRequest> findWaiting(UserCode code) {
    return entities
        .createQuery(
            "select d from DeviceRequest d where d.userCodeHash = :hash"
                + " and d.status = 'pending' and d.expiresAt > :now",
            DeviceRequest.class)
        .setParameter("hash", code.hash())
        .setParameter("now", clock.instant())
        .getResultStream()
        .findFirst();
  }

  /** Notes that a device asked; one that asks too early waits five seconds longer from now on. */
  public void notePoll(DeviceRequest request, boolean tooEarly) {
    entities
        .createQuery(
            "update DeviceRequest d set d.polledAt = :now,"
                + " d.intervalSeconds = d.intervalSeconds + :more where d.id = :id")
        .setParameter("now", clock.instant())
        .setParameter("more", tooEarly ? DeviceRequest.INTERVAL_SECONDS : 0)
        .setParameter("id", request.id())
        .executeUpdate();
  }

  /**
   * Answers a request that waits.
   *
   * @return whether it still did
   */
  public boolean decide(DeviceRequest request, boolean approve, UUID user) {
    return entities
            .createNativeQuery(
                "update device_requests set status = ?, user_id = ?"
                    + " where id = ? and status = 'pending' and expires_at > ?")
            .setParameter(1, approve ? DeviceRequest.APPROVED : DeviceRequest.DENIED)
            .setParameter(2, user)
            .setParameter(3, request.id())
            .setParameter(4, Timestamp.from(clock.instant()))
            .executeUpdate()
        == 1;
  }

  /** Who approved a request. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public UUID approver(DeviceRequest request) {
    Object id =
        entities
            .createNativeQuery("select user_id from device_requests where id = ?")
            .setParameter(1, request.id())
            .getSingleResult();
    return Rows.uuid(id);
  }

  /** What a login confirmed that has ended since lets no device in any more. */
  public void deny(@Observes LoginsEnded ended) {
    entities
        .createNativeQuery(
            "update device_requests set status = 'denied'"
                + " where user_id = ? and status = 'approved'")
        .setParameter(1, ended.user())
        .executeUpdate();
  }

  /**
   * Uses an approved request up.
   *
   * @return whether this was the first and only use
   */
  public boolean use(DeviceRequest request) {
    return entities
            .createQuery(
                "update DeviceRequest d set d.status = 'used'"
                    + " where d.id = :id and d.status = 'approved' and d.expiresAt > :now")
            .setParameter("id", request.id())
            .setParameter("now", clock.instant())
            .executeUpdate()
        == 1;
  }

  /**
   * Refuses a person, or an address, that typed many codes which no device shows.
   *
   * @throws ProblemException {@link ProblemType#TOO_MANY_REQUESTS}
   */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public void refuseGuessing(UUID user, String address) {
    if (misses("m.userId = :who", user) >= MOST_MISSES_OF_A_USER
        || misses("m.address = :who", address) >= MOST_MISSES_OF_AN_ADDRESS) {
      throw new ProblemException(
          ProblemType.TOO_MANY_REQUESTS, "Too many codes were wrong: try again in ten minutes.");
    }
  }

  private long misses(String condition, Object who) {
    return entities
        .createQuery(
            "select count(m) from DeviceMiss m where m.missedAt > :since and " + condition,
            Long.class)
        .setParameter("since", clock.instant().minus(MISSES_COUNT_FOR))
        .setParameter("who", who)
        .getSingleResult();
  }

  /** Notes a code that no device shows, and forgets the old ones. */
  public void noteMiss(UUID user, String address) {
    Instant now = clock.instant();
    entities
        .createQuery("delete from DeviceMiss m where m.missedAt < :limit")
        .setParameter("limit", now.minus(MISSES_COUNT_FOR))
        .executeUpdate();
    entities.persist(new DeviceMiss(chance.uuid(), user, address, now));
  }
}
