package org.mdlibs.registry.oidc;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import org.mdlibs.registry.config.Chance;

/** The keys of the database that seal cookies. */
@Stateless
public class CookieKeys {
  private static final int BYTES = 32;

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;
  @Inject private Chance chance;

  /** The key of a name, made when there is none; a rival node's key wins by its name. */
  public byte[] getOrMake(String name) {
    CookieKey key = entities.find(CookieKey.class, name);
    if (key == null) {
      key = new CookieKey(name, chance.bytes(BYTES), clock.instant());
      entities.persist(key);
      entities.flush();
    }
    return key.secret();
  }
}
