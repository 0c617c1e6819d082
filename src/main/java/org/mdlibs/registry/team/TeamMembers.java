package org.mdlibs.registry.team;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.TeamRole;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.User;

/**
 * Who is in a team. Each change locks the team, so that of two who remove the last two
 * administrators one is refused.
 */
@Stateless
public class TeamMembers {
  private static final String COLUMNS =
      "select m.user_id, u.username, m.role, m.joined_at from team_members m"
          + " join users u on u.id = m.user_id where m.team_id = ?";

  @PersistenceContext private EntityManager entities;
  @Inject private Teams teams;
  @Inject private AuditEvents audit;
  @Inject private Clock clock;

  /**
   * A member, and whether he is new.
   *
   * @param isNew whether he was not in the team before
   */
  public record Placed(MemberDetails member, boolean isNew) {}

  /** The members of a team, by username. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  @SuppressWarnings("unchecked")
  public List<MemberDetails> list(UUID team, int first, int count) {
    List<Object[]> rows =
        entities
            .createNativeQuery(COLUMNS + " order by u.username limit " + count + " offset " + first)
            .setParameter(1, team)
            .getResultList();
    return rows.stream().map(TeamMembers::details).toList();
  }

  private static MemberDetails details(Object[] row) {
    return new MemberDetails(
        Rows.uuid(row[0]), (String) row[1], (String) row[2], Rows.instant(row[3]));
  }

  @SuppressWarnings("unchecked")
  private Optional<MemberDetails> find(UUID team, UUID user) {
    List<Object[]> rows =
        entities
            .createNativeQuery(COLUMNS + " and m.user_id = ?")
            .setParameter(1, team)
            .setParameter(2, user)
            .getResultList();
    return rows.stream().findFirst().map(TeamMembers::details);
  }

  /** Puts a user into a team that he is not in; its row is new, or locked. */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public void add(Team team, UUID user, TeamRole role) {
    entities
        .createNativeQuery(
            "insert into team_members (team_id, user_id, role, joined_at) values (?, ?, ?, ?)")
        .setParameter(1, team.id())
        .setParameter(2, user)
        .setParameter(3, role.wireName())
        .setParameter(4, Timestamp.from(clock.instant()))
        .executeUpdate();
  }

  /**
   * Puts a user into a team, or changes what he is in it.
   *
   * @throws ProblemException {@link ProblemType#LAST_ADMIN}, {@link ProblemType#TEAM_NOT_FOUND}
   */
  public Placed place(UUID teamId, User user, TeamRole role, Caller actor, Origin origin) {
    Team team = teams.lock(teamId);
    Optional<MemberDetails> before = find(teamId, user.id());
    AuditAction action = AuditAction.TEAM_MEMBER_ADDED;
    if (before.isEmpty()) {
      add(team, user.id(), role);
    } else {
      action = AuditAction.TEAM_MEMBER_CHANGED;
      if (role != TeamRole.ADMIN) {
        requireAnotherAdmin(team, before.get());
      }
      entities
          .createNativeQuery("update team_members set role = ? where team_id = ? and user_id = ?")
          .setParameter(1, role.wireName())
          .setParameter(2, teamId)
          .setParameter(3, user.id())
          .executeUpdate();
    }
    audit.record(
        origin,
        actor,
        action,
        Outcome.SUCCESS,
        Teams.target(team),
        "user=" + user.username() + " role=" + role.wireName());
    return new Placed(find(teamId, user.id()).orElseThrow(), before.isEmpty());
  }

  /**
   * Takes a user out of a team.
   *
   * @throws ProblemException {@link ProblemType#MEMBER_NOT_FOUND}, {@link ProblemType#LAST_ADMIN},
   *     {@link ProblemType#TEAM_NOT_FOUND}
   */
  public void remove(UUID teamId, UUID user, Caller actor, Origin origin) {
    Team team = teams.lock(teamId);
    MemberDetails member = find(teamId, user).orElseThrow(TeamMembers::notFound);
    requireAnotherAdmin(team, member);
    entities
        .createNativeQuery("delete from team_members where team_id = ? and user_id = ?")
        .setParameter(1, teamId)
        .setParameter(2, user)
        .executeUpdate();
    audit.record(
        origin,
        actor,
        AuditAction.TEAM_MEMBER_REMOVED,
        Outcome.SUCCESS,
        Teams.target(team),
        "user=" + member.username());
  }

  /** The problem of a user who is not in the team, whether or not there is one. */
  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.MEMBER_NOT_FOUND, "Look it up in the team's members: this user is not in it.");
  }

  private void requireAnotherAdmin(Team team, MemberDetails member) {
    if (!member.role().equals(TeamRole.ADMIN.wireName())) {
      return;
    }
    Object others =
        entities
            .createNativeQuery(
                "select count(*) from team_members where team_id = ? and role = 'admin' and user_id <> ?")
            .setParameter(1, team.id())
            .setParameter(2, member.userId())
            .getSingleResult();
    if (((Number) others).longValue() == 0) {
      throw new ProblemException(
          ProblemType.LAST_ADMIN,
          "Make somebody else an admin of '" + team.name() + "' first: it has no other.");
    }
  }
}
