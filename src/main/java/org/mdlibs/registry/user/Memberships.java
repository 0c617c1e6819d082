package org.mdlibs.registry.user;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mdlibs.registry.access.TeamRole;
import org.mdlibs.registry.config.Rows;

/** Which teams a user is in, read for each request: who was removed loses access at once. */
@Stateless
public class Memberships {
  @PersistenceContext private EntityManager entities;

  /** The teams of a user and what he is there. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  @SuppressWarnings("unchecked")
  public Map<UUID, TeamRole> of(UUID user) {
    Stream<Object[]> rows =
        entities
            .createNativeQuery("select team_id, role from team_members where user_id = ?")
            .setParameter(1, user)
            .getResultStream();
    return rows.collect(
        Collectors.toMap(row -> Rows.uuid(row[0]), row -> TeamRole.parse((String) row[1])));
  }
}
