package org.mdlibs.registry.token;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.mdlibs.registry.config.Chance;

/** The signing keys of the database. */
@Stateless
public class SigningKeys {
  private static final int KID_LENGTH = 12;

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Chance chance;

  /** All keys, the newest first. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<SigningKey> all() {
    return entities
        .createQuery("select k from SigningKey k order by k.generation desc", SigningKey.class)
        .getResultList();
  }

  /** Makes the first key where there is none; a rival node's key wins by its generation. */
  public void makeFirst() {
    if (!all().isEmpty()) {
      return;
    }
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId(chance.word(KID_LENGTH));
      String jwk = key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
      entities.persist(new SigningKey(1, key.getKeyId(), jwk, clock.instant()));
      entities.flush();
    } catch (JoseException e) {
      throw new IllegalStateException("This Java has no P-256", e);
    }
  }
}
