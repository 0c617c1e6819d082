package org.mdlibs.registry.user;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.mdlibs.registry.access.TeamRole;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.Rows;

/**
 * The places in teams that groups of a source give and take. A place that was given by hand is not
 * touched; neither is one whose holder was made the team's administrator, which no group does.
 */
@Stateless
public class GroupMemberships {
  private static final String EXTERNAL = "external";

  @PersistenceContext private EntityManager entities;
  @Inject private AuditEvents audit;
  @Inject private Clock clock;

  /** What is to be done, by the names of the teams. */
  private record Changes(Map<String, UUID> missing, Map<String, UUID> surplus) {
    boolean isEmpty() {
      return missing.isEmpty() && surplus.isEmpty();
    }
  }

  /** Whether a user is in the teams that exist of those that his groups name. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public boolean areUpToDate(User user, Set<String> teams) {
    return changes(user, teams).isEmpty();
  }

  /** Puts a user into the teams that his groups name, and out of those that they named before. */
  public void follow(User user, Set<String> teams, Origin origin) {
    Changes changes = changes(user, teams);
    changes.missing().forEach((name, team) -> add(user, name, team, origin));
    changes.surplus().forEach((name, team) -> remove(user, name, team, origin));
  }

  private Changes changes(User user, Set<String> teams) {
    Map<String, UUID> missing = existing(teams);
    var surplus = new TreeMap<String, UUID>();
    for (Object[] row :
        rows(
            entities
                .createNativeQuery(
                    "select t.name, t.id, m.role, m.source from team_members m"
                        + " join teams t on t.id = m.team_id where m.user_id = ?")
                .setParameter(1, user.id()))) {
      String name = (String) row[0];
      missing.remove(name);
      if (EXTERNAL.equals(row[3])
          && TeamRole.MEMBER.wireName().equals(row[2])
          && !teams.contains(name)) {
        surplus.put(name, Rows.uuid(row[1]));
      }
    }
    return new Changes(missing, surplus);
  }

  private Map<String, UUID> existing(Set<String> names) {
    var teams = new TreeMap<String, UUID>();
    if (names.isEmpty()) {
      return teams;
    }
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    Query query =
        entities.createNativeQuery("select name, id from teams where name in (" + marks + ")");
    var values = new ArrayList<>(names);
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    rows(query).forEach(row -> teams.put((String) row[0], Rows.uuid(row[1])));
    return teams;
  }

  private void add(User user, String name, UUID team, Origin origin) {
    int added =
        entities
            .createNativeQuery(
                "insert into team_members (team_id, user_id, role, joined_at, source)"
                    + " values (?, ?, ?, ?, ?) on conflict do nothing")
            .setParameter(1, team)
            .setParameter(2, user.id())
            .setParameter(3, TeamRole.MEMBER.wireName())
            .setParameter(4, Timestamp.from(clock.instant()))
            .setParameter(5, EXTERNAL)
            .executeUpdate();
    if (added == 1) {
      record(origin, AuditAction.TEAM_MEMBER_ADDED, name, user);
    }
  }

  private void remove(User user, String name, UUID team, Origin origin) {
    int removed =
        entities
            .createNativeQuery(
                "delete from team_members where team_id = ? and user_id = ? and role = ?"
                    + " and source = ?")
            .setParameter(1, team)
            .setParameter(2, user.id())
            .setParameter(3, TeamRole.MEMBER.wireName())
            .setParameter(4, EXTERNAL)
            .executeUpdate();
    if (removed == 1) {
      record(origin, AuditAction.TEAM_MEMBER_REMOVED, name, user);
    }
  }

  private void record(Origin origin, AuditAction action, String team, User user) {
    audit.record(
        origin,
        null,
        action,
        Outcome.SUCCESS,
        "team:" + team,
        "user %s, by the groups of %s".formatted(user.username(), user.issuer()));
  }

  @SuppressWarnings("unchecked")
  private static List<Object[]> rows(Query query) {
    return query.getResultList();
  }
}
