package org.mdlibs.registry.admin;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.name.Paging;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.user.StorageUse;
import org.mdlibs.registry.user.Users;

/** The scopes of users and teams: what they store, and what they may. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Scopes {
  /** The days whose calls are told, today included. */
  private static final int CALL_DAYS = 30;

  private static final String SELECT =
      "select n.id, n.name, n.scope_type, n.used_bytes, n.quota_bytes, count(l.seq),"
          + " coalesce(sum(l.versions_count), 0), coalesce(sum(l.downloads), 0),"
          + " (select coalesce(sum(c.count), 0) from api_calls c"
          + " where c.user_id = n.id and c.day >= %d)"
          + " from %s n left join libraries l on l.scope_id = n.id"
          + " group by n.id, n.name, n.scope_type, n.used_bytes, n.quota_bytes"
          + " order by n.used_bytes desc, n.name";

  /** The rows of the page first, so that no other's libraries are summed up. */
  private static final String PAGE =
      "(select * from namespaces order by used_bytes desc, name limit ? offset ?)";

  private static final String TEAM =
      "(select * from namespaces where id = ? and scope_type = 'team')";

  @PersistenceContext private EntityManager entities;
  @Inject private RegistryConfig config;
  @Inject private Users users;
  @Inject private AuditEvents events;
  @Inject private Clock clock;

  /** A page of all scopes, those that store most first. */
  public UsagePage page(Paging paging) {
    List<Object[]> rows =
        Rows.of(entities, select(PAGE), List.of(), paging.perPage(), paging.offset());
    long total = Rows.count(entities, "select 1 from namespaces", Paging.MAX_ROW, List.of());
    boolean capped = total > Paging.MAX_ROW;
    return new UsagePage(
        rows.stream().map(this::usage).toList(),
        capped ? Paging.MAX_ROW : total,
        capped ? Boolean.TRUE : null,
        paging.page(),
        paging.perPage(),
        anonymousCalls());
  }

  private String select(String scopes) {
    return SELECT.formatted(firstDay(), scopes);
  }

  private long firstDay() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay() - CALL_DAYS + 1;
  }

  private long anonymousCalls() {
    return Rows.number(
        entities
            .createNativeQuery(
                "select coalesce(sum(count), 0) from api_calls where user_id = ? and day >= ?")
            .setParameter(1, Caller.ANONYMOUS.id())
            .setParameter(2, firstDay())
            .getSingleResult());
  }

  /**
   * What a team's scope takes.
   *
   * @throws ProblemException {@link ProblemType#SCOPE_NOT_FOUND}
   */
  public ScopeUsage getTeam(UUID id) {
    return Rows.of(entities, select(TEAM), List.of(id)).stream()
        .findFirst()
        .map(this::usage)
        .orElseThrow(Scopes::notFound);
  }

  /** Sets what a team may keep. */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void limitTeam(UserChanges.Act act, ScopeUsage team, Quota quota) {
    users.limit(team.id(), quota.bytes());
    events.record(
        act.origin(),
        act.administrator(),
        AuditAction.TEAM_QUOTA_CHANGED,
        Outcome.SUCCESS,
        "team:" + team.scope(),
        "to " + quota);
  }

  /** The problem of a team that does not exist. */
  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.SCOPE_NOT_FOUND, "Look for the team in the list of usage.");
  }

  private ScopeUsage usage(Object[] row) {
    boolean isTeam = Namespace.TEAM.equals(row[2]);
    long standard = isTeam ? config.teamQuotaBytes() : config.userQuotaBytes();
    long quota = row[4] == null ? standard : Rows.number(row[4]);
    return new ScopeUsage(
        Rows.uuid(row[0]),
        (String) row[1],
        (String) row[2],
        Rows.number(row[5]),
        Rows.number(row[6]),
        Rows.number(row[7]),
        isTeam ? null : Rows.number(row[8]),
        new StorageUse(Rows.number(row[3]), quota));
  }
}
