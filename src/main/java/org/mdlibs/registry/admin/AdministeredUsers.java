package org.mdlibs.registry.admin;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.name.Paging;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.StorageUse;
import org.mdlibs.registry.user.Users;

/** The accounts as administrators see them; erased ones are absent. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class AdministeredUsers {
  private static final String SELECT =
      "select u.id, u.username, u.email, u.role, u.suspended, u.closed_by_source, u.created_at,"
          + " u.issuer, (select count(*) from libraries l where l.scope_id = u.id), n.used_bytes,"
          + " n.quota_bytes from users u join namespaces n on n.id = u.id where ";

  @PersistenceContext private EntityManager entities;
  @Inject private RegistryConfig config;

  /** A page of the accounts that a filter lets through, by username. */
  public AdminUserPage page(UserFilter filter, Paging paging) {
    var values = new ArrayList<Object>();
    String conditions = filter.conditions(values);
    List<Object[]> rows =
        Rows.of(
            entities,
            SELECT + conditions + " order by u.username limit ? offset ?",
            values,
            paging.perPage(),
            paging.offset());
    long total =
        Rows.count(entities, "select 1 from users u where " + conditions, Paging.MAX_ROW, values);
    boolean capped = total > Paging.MAX_ROW;
    return new AdminUserPage(
        rows.stream().map(this::user).toList(),
        capped ? Paging.MAX_ROW : total,
        capped ? Boolean.TRUE : null,
        paging.page(),
        paging.perPage());
  }

  /**
   * One account.
   *
   * @throws ProblemException {@link ProblemType#USER_NOT_FOUND}
   */
  public AdminUser get(UUID id) {
    return Rows.of(entities, SELECT + "u.erased_at is null and u.id = ?", List.of(id)).stream()
        .findFirst()
        .map(this::user)
        .orElseThrow(Users::notFound);
  }

  private AdminUser user(Object[] row) {
    List<String> closers = closers(Rows.bool(row[4]), Rows.bool(row[5]));
    return new AdminUser(
        Rows.uuid(row[0]),
        (String) row[1],
        (String) row[2],
        Role.valueOf((String) row[3]).wireName(),
        !closers.isEmpty(),
        closers.isEmpty() ? null : closers,
        Rows.instant(row[6]),
        (String) row[7],
        Rows.number(row[8]),
        new StorageUse(
            Rows.number(row[9]), row[10] == null ? config.userQuotaBytes() : Rows.number(row[10])));
  }

  private static List<String> closers(boolean administrator, boolean source) {
    var closers = new ArrayList<String>();
    if (administrator) {
      closers.add("administrator");
    }
    if (source) {
      closers.add("source");
    }
    return closers;
  }
}
