package org.mdlibs.registry.team;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.TeamRole;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.user.Users;

/** The teams of the database. */
@Stateless
public class Teams {
  @PersistenceContext private EntityManager entities;
  @Inject private Users users;
  @Inject private TeamMembers members;
  @Inject private AuditEvents audit;
  @Inject private RegistryConfig config;
  @Inject private Clock clock;
  @Inject private Chance chance;

  /** How many members and libraries a team has. */
  public record Counts(long members, long libraries) {}

  /**
   * Makes a team with its first administrator; the unique name of the namespace decides between
   * rivals, be they users or teams.
   *
   * @throws ProblemException {@link ProblemType#TEAM_NAME_TAKEN}, also when the scope was
   *     somebody's once; {@link ProblemType#TOO_MANY_TEAMS}
   */
  public Team create(Scope name, DisplayName displayName, Caller creator, Origin origin) {
    if (!creator.isAdministrator()) {
      requireRoomFor(creator);
    }
    if (users.findNamespace(name).isPresent()) {
      throw new ProblemException(
          ProblemType.TEAM_NAME_TAKEN, "Choose another name: '" + name + "' is taken.");
    }
    UUID id = chance.uuid();
    entities.persist(new Namespace(id, name, Namespace.TEAM, clock.instant()));
    entities.flush();
    var team = new Team(id, name, displayName, creator.id(), clock.instant());
    entities.persist(team);
    entities.flush();
    members.add(team, creator.id(), TeamRole.ADMIN);
    audit.record(origin, creator, AuditAction.TEAM_CREATED, Outcome.SUCCESS, target(team), null);
    return team;
  }

  /** Who makes several at once takes turns, so that each counts those before it. */
  private void requireRoomFor(Caller creator) {
    users.lock(creator.id());
    long made =
        entities
            .createQuery("select count(t) from Team t where t.createdBy = :user", Long.class)
            .setParameter("user", creator.id())
            .getSingleResult();
    if (made >= config.teamsPerUser()) {
      throw new ProblemException(
          ProblemType.TOO_MANY_TEAMS,
          "Delete a team that you made, or ask an administrator to make this one: a user may make %d."
              .formatted(config.teamsPerUser()));
    }
  }

  /** The team with an id. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<Team> find(UUID id) {
    return Optional.ofNullable(entities.find(Team.class, id));
  }

  /** The teams that a caller is in, by name. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<Team> of(Caller caller) {
    if (caller.teams().isEmpty()) {
      return List.of();
    }
    return entities
        .createQuery("select t from Team t where t.id in :ids", Team.class)
        .setParameter("ids", caller.teams().keySet())
        .getResultStream()
        .sorted(Comparator.comparing(Team::name))
        .toList();
  }

  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Counts counts(UUID team) {
    return new Counts(
        count("select count(*) from team_members where team_id = ?", team),
        count("select count(*) from libraries where scope_id = ? and versions_count > 0", team));
  }

  private long count(String sql, UUID team) {
    return ((Number) entities.createNativeQuery(sql).setParameter(1, team).getSingleResult())
        .longValue();
  }

  /** Changes what people call a team. */
  public Team rename(UUID id, DisplayName displayName, Caller actor, Origin origin) {
    Team team = lock(id);
    team.rename(displayName, clock.instant());
    audit.record(
        origin,
        actor,
        AuditAction.TEAM_CHANGED,
        Outcome.SUCCESS,
        target(team),
        "display_name=" + displayName.value());
    return team;
  }

  /**
   * Deletes a team. Its scope is closed in the same transaction, so that nobody publishes there at
   * the last moment.
   *
   * @throws ProblemException {@link ProblemType#TEAM_NOT_EMPTY} while it has a version that is not
   *     deleted
   */
  public void delete(UUID id, Caller actor, Origin origin) {
    Team team = lock(id);
    entities
        .createNativeQuery("update namespaces set closed = true where id = ?")
        .setParameter(1, id)
        .executeUpdate();
    if (counts(id).libraries() > 0) {
      throw new ProblemException(
          ProblemType.TEAM_NOT_EMPTY,
          "Delete or move the libraries of '" + team.name() + "' first: it still has versions.");
    }
    audit.record(origin, actor, AuditAction.TEAM_DELETED, Outcome.SUCCESS, target(team), null);
    entities
        .createNativeQuery("delete from team_members where team_id = ?")
        .setParameter(1, id)
        .executeUpdate();
    entities
        .createNativeQuery("delete from webhooks where scope_id = ?")
        .setParameter(1, id)
        .executeUpdate();
    entities.remove(team);
  }

  /**
   * Waits for whoever changes the same team, then sees what he left.
   *
   * @throws ProblemException {@link ProblemType#TEAM_NOT_FOUND} when that was its end
   */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public Team lock(UUID id) {
    int found =
        entities
            .createQuery("update Team t set t.updatedAt = t.updatedAt where t.id = :id")
            .setParameter("id", id)
            .executeUpdate();
    if (found == 0) {
      throw notFound();
    }
    Team team = entities.find(Team.class, id);
    entities.refresh(team);
    return team;
  }

  static String target(Team team) {
    return "team:" + team.name();
  }

  /** The problem of a team that is absent, or not the caller's to see. */
  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.TEAM_NOT_FOUND, "Look it up in 'GET /teams': you are in no team of this id.");
  }
}
