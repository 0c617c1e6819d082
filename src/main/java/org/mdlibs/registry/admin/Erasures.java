package org.mdlibs.registry.admin;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.token.Tokens;
import org.mdlibs.registry.user.PasswordResets;
import org.mdlibs.registry.user.User;

/**
 * Forgets the person of an account: address, password, tokens, memberships, webhooks, what he
 * downloaded and called, and where he acted from. The username stays as the scope that references
 * name, and whatever was published stays under it.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Erasures {
  private static final String NOBODY = "'00000000-0000-0000-0000-000000000000'";

  @PersistenceContext private EntityManager entities;
  @Inject private Tokens tokens;
  @Inject private PasswordResets resets;
  @Inject private AuditEvents events;
  @Inject private Clock clock;

  /**
   * Erases an account, whose row the caller has locked.
   *
   * @throws ProblemException {@link ProblemType#CONFLICT} when a team that has other members would
   *     lose its last admin
   */
  public void erase(User user) {
    leaveTeams(user.id());
    tokens.removeAll(user.id());
    resets.remove(user.id());
    forgetDownloads(user.id());
    update("delete from webhooks where scope_id = ?", user.id());
    events.forgetAddresses(user.username());
    user.erase(clock.instant());
    entities.flush();
    update("update users set issuer = null, subject = null where id = ?", user.id());
  }

  @SuppressWarnings("unchecked")
  private void leaveTeams(UUID user) {
    List<Object[]> teams =
        entities
            .createNativeQuery(
                "select t.id, t.name from teams t join team_members m on m.team_id = t.id"
                    + " where m.user_id = ? order by t.id")
            .setParameter(1, user)
            .getResultList();
    for (Object[] team : teams) {
      UUID id = Rows.uuid(team[0]);
      // Waits for whoever changes the members of the same team.
      update("update teams set name = name where id = ?", id);
      if (isLastAdmin(id, user)) {
        throw new ProblemException(
            ProblemType.CONFLICT,
            "Make another member an admin of the team '%s' first: this is its last one."
                .formatted(team[1]));
      }
    }
    update("delete from team_members where user_id = ?", user);
  }

  private boolean isLastAdmin(UUID team, UUID user) {
    Object[] others =
        (Object[])
            entities
                .createNativeQuery(
                    "select count(*), coalesce(sum(case when role = 'admin' then 1 else 0 end), 0)"
                        + " from team_members where team_id = ? and user_id <> ?")
                .setParameter(1, team)
                .setParameter(2, user)
                .getSingleResult();
    return Rows.number(others[0]) > 0 && Rows.number(others[1]) == 0;
  }

  /** They stay, as an anonymous caller's, and without his address. */
  private void forgetDownloads(UUID user) {
    entities
        .createNativeQuery(
            "update downloads set downloaded_by = ?, ip_address = null"
                + " where downloaded_by = ? and downloaded_by <> "
                + NOBODY)
        .setParameter(1, Caller.ANONYMOUS.id())
        .setParameter(2, user)
        .executeUpdate();
    update("delete from api_calls where user_id = ?", user);
  }

  private void update(String sql, UUID id) {
    entities.createNativeQuery(sql).setParameter(1, id).executeUpdate();
  }
}
