package org.mdlibs.registry.user;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.config.Sha256;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * The codes that let somebody set a new password: 256 random bits, kept as their SHA-256, for 24
 * hours and one use; an account has one at most.
 */
@Stateless
public class PasswordResets {
  private static final Duration LIFETIME = Duration.ofHours(24);
  private static final int CODE_BYTES = 32;

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Chance chance;

  /**
   * A code, for the one time that it is told.
   *
   * @param code in base64url
   */
  public record Code(String code, Instant expiresAt) {}

  /** Makes a code for an account; the one that it had is worth nothing any more. */
  public Code issue(UUID user) {
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(chance.bytes(CODE_BYTES));
    Instant now = clock.instant();
    Instant expiresAt = now.plus(LIFETIME);
    entities
        .createNativeQuery(
            "insert into password_resets (user_id, code_hash, created_at, expires_at)"
                + " values (?, ?, ?, ?) on conflict (user_id) do update set"
                + " code_hash = excluded.code_hash, created_at = excluded.created_at,"
                + " expires_at = excluded.expires_at")
        .setParameter(1, user)
        .setParameter(2, hash(code))
        .setParameter(3, Timestamp.from(now))
        .setParameter(4, Timestamp.from(expiresAt))
        .executeUpdate();
    return new Code(code, expiresAt);
  }

  /** The account that a code opens right now: neither suspended nor from outside. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<User> find(String code) {
    return owner(code, clock.instant())
        .filter(user -> !user.isSuspended() && user.issuer() == null);
  }

  /** The account that a code was made for last, also when it opens nothing any more. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<User> owner(String code) {
    return owner(code, Instant.EPOCH);
  }

  private Optional<User> owner(String code, Instant expiresAfter) {
    List<?> ids =
        entities
            .createNativeQuery(
                "select user_id from password_resets where code_hash = ? and expires_at > ?")
            .setParameter(1, hash(code))
            .setParameter(2, Timestamp.from(expiresAfter))
            .getResultList();
    return ids.stream().findFirst().map(id -> entities.find(User.class, Rows.uuid(id)));
  }

  /**
   * Uses a code up: of two who try at once, one succeeds. The account's row is the caller's to lock
   * before.
   *
   * @return whether it was good for that
   */
  public boolean use(String code) {
    return entities
            .createNativeQuery("delete from password_resets where code_hash = ? and expires_at > ?")
            .setParameter(1, hash(code))
            .setParameter(2, Timestamp.from(clock.instant()))
            .executeUpdate()
        > 0;
  }

  /** Takes an account's code back. */
  public void remove(UUID user) {
    entities
        .createNativeQuery("delete from password_resets where user_id = ?")
        .setParameter(1, user)
        .executeUpdate();
  }

  /** The problem of a code that is wrong, used or too old. */
  public static ProblemException invalid() {
    return new ProblemException(
        ProblemType.INVALID_RESET_CODE, "Ask an administrator of this registry for another code.");
  }

  private static String hash(String code) {
    return HexFormat.of().formatHex(Sha256.of(code));
  }
}
