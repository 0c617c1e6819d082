package org.mdlibs.registry.token;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.config.SecretBox;

/** The signing keys of the database, wrapped where a key for that is configured. */
@Stateless
public class SigningKeys {
  /** What the keys are to {@link SecretBox}. */
  static final String PURPOSE = "signing keys";

  private static final int KID_LENGTH = 12;

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Chance chance;
  @Inject private RegistryConfig config;
  @Inject private AuditEvents audit;

  /** All keys, the newest first. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<SigningKey> all() {
    return entities
        .createQuery("select k from SigningKey k order by k.generation desc", SigningKey.class)
        .getResultList();
  }

  /**
   * The key pair of a row.
   *
   * @throws IllegalStateException with a sentence for the operator when the row cannot be opened
   */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public EllipticCurveJsonWebKey open(SigningKey key) {
    String jwk = key.jwk();
    if (SecretBox.isWrapped(jwk)) {
      jwk =
          config
              .secretBox()
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "The database's signing keys are wrapped: set MDLIBS_SECRET_KEY"))
              .open(jwk, PURPOSE, key.kid());
    }
    try {
      return (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(jwk);
    } catch (JoseException e) {
      throw new IllegalStateException("Signing key " + key.kid() + " cannot be read", e);
    }
  }

  /** Makes the first key where there is none; a rival node's key wins by its generation. */
  public void makeFirst() {
    if (all().isEmpty()) {
      make(1);
    }
  }

  /**
   * Opens every key, and wraps those that were stored in clear before there was a key for it.
   *
   * @throws IllegalStateException with a sentence for the operator when one cannot be opened
   */
  public void protect() {
    for (SigningKey key : all()) {
      open(key);
      if (config.secretBox().isPresent() && !SecretBox.isWrapped(key.jwk())) {
        entities
            .createQuery("update SigningKey k set k.jwk = :wrapped where k.jwk = :clear")
            .setParameter("wrapped", wrapped(key.jwk(), key.kid()))
            .setParameter("clear", key.jwk())
            .executeUpdate();
      }
    }
  }

  private String wrapped(String jwk, String kid) {
    return config.secretBox().map(box -> box.wrap(jwk, PURPOSE, kid, chance)).orElse(jwk);
  }

  /** Whether {@link #rotate} has something to do. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public boolean isWorkDue() {
    KeySchedule schedule = schedule();
    return schedule.needsNew(config.tokens().keyRotation())
        || schedule.retired().stream().anyMatch(this::isUnused);
  }

  /**
   * Makes the next key when the newest is old enough, and removes those whose tokens have all
   * expired. Of several nodes one makes it: the generation is unique.
   */
  public void rotate() {
    KeySchedule schedule = schedule();
    if (schedule.needsNew(config.tokens().keyRotation())) {
      SigningKey made =
          make(schedule.keys().isEmpty() ? 1 : schedule.keys().get(0).generation() + 1);
      record(made, "made");
    }
    for (KeySchedule.Retired retired : schedule.retired()) {
      if (isUnused(retired)) {
        int removed =
            entities
                .createQuery("delete from SigningKey k where k.generation = :generation")
                .setParameter("generation", retired.key().generation())
                .executeUpdate();
        if (removed > 0) {
          record(retired.key(), "removed");
        }
      }
    }
  }

  private KeySchedule schedule() {
    return new KeySchedule(all(), clock.instant());
  }

  private boolean isUnused(KeySchedule.Retired retired) {
    return entities
        .createQuery(
            "select t.id from Token t where t.kind = 'login' and t.revokedAt is null"
                + " and t.expiresAt > :now and t.createdAt < :last",
            java.util.UUID.class)
        .setParameter("now", clock.instant().minus(KeySchedule.LATE))
        .setParameter("last", retired.lastSignature())
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  private SigningKey make(int generation) {
    try {
      Instant now = clock.instant();
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId(chance.word(KID_LENGTH));
      String jwk = key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
      var made = new SigningKey(generation, key.getKeyId(), wrapped(jwk, key.getKeyId()), now);
      entities.persist(made);
      entities.flush();
      return made;
    } catch (JoseException e) {
      throw new IllegalStateException("This Java has no P-256", e);
    }
  }

  private void record(SigningKey key, String what) {
    audit.record(
        Origin.SYSTEM, null, AuditAction.KEY_ROTATED, Outcome.SUCCESS, "key:" + key.kid(), what);
  }
}
