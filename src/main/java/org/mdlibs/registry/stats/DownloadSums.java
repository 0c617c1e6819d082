package org.mdlibs.registry.stats;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.library.DownloadDays;

/** Sums of downloads by day and by library. Days are days since 1970-01-01, UTC. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class DownloadSums {
  /** More than are shown, since some may be hidden or deleted before they are. */
  private static final int TOP = 100;

  private static final String MOST_FIRST = " order by 2 desc, 1 limit " + TOP;

  /** Summed up before the libraries are looked at: there are many more days than libraries. */
  private static final String TOP_OF_ALL =
      "select l.seq, d.downloads from (select library, sum(count) as downloads from library_days"
          + " where day >= ? group by library) d join libraries l on l.seq = d.library"
          + " where l.versions_count > 0%s"
          + MOST_FIRST;

  private static final String TOP_OF_SOME =
      "select l.seq, sum(d.count) from libraries l join library_days d on d.library = l.seq"
          + " where l.versions_count > 0 and d.day >= ?%s group by l.seq"
          + MOST_FIRST;

  @PersistenceContext private EntityManager entities;

  /**
   * Downloads of a library in a window.
   *
   * @param library its number
   */
  public record Sum(long library, long count) {}

  /** What a library is called now, and who sees it. */
  public record Named(String scope, String name, UUID scopeId, boolean isPublic) {}

  /** The id of a scope. */
  public Optional<UUID> scope(String name) {
    return Rows.of(entities, "select id, name from namespaces where name = ?", List.of(name))
        .stream()
        .findFirst()
        .map(row -> Rows.uuid(row[0]));
  }

  /** Of a library, by day. */
  public Map<Long, Long> ofLibrary(UUID library, long firstDay) {
    return byDay(
        "select day, count from library_days"
            + " where library = (select seq from libraries where id = ?) and day >= ?",
        List.of(library, firstDay));
  }

  /** Of a scope, by day. */
  public Map<Long, Long> ofScope(UUID scope, boolean isPrivateToo, long firstDay) {
    return byDay(
        "select day, sum(count) from scope_days where scope_id = ?"
            + " and visibility in ('public'"
            + (isPrivateToo ? ", 'private'" : "")
            + ") and day >= ? group by day",
        List.of(scope, firstDay));
  }

  /** Of everything that is seen, by day. */
  public Map<Long, Long> ofAll(View view, long firstDay) {
    Map<Long, Long> days = ofScope(DownloadDays.EVERYWHERE, view.all(), firstDay);
    if (!view.scopes().isEmpty()) {
      var values = new ArrayList<Object>(view.scopes());
      values.add(firstDay);
      byDay(
              "select day, sum(count) from scope_days where visibility = 'private'"
                  + in("scope_id", view.scopes())
                  + " and day >= ? group by day",
              values)
          .forEach((day, count) -> days.merge(day, count, Long::sum));
    }
    return days;
  }

  private Map<Long, Long> byDay(String sql, List<Object> values) {
    var days = new HashMap<Long, Long>();
    for (Object[] row : Rows.of(entities, sql, values)) {
      days.put(Rows.number(row[0]), Rows.number(row[1]));
    }
    return days;
  }

  /**
   * The libraries that were downloaded most.
   *
   * @param scope null for all
   */
  public List<Sum> top(UUID scope, boolean isPrivateToo, long firstDay) {
    String seen = isPrivateToo ? "" : " and l.visibility = 'public'";
    return scope == null
        ? sums(TOP_OF_ALL.formatted(seen), List.of(firstDay))
        : sums(TOP_OF_SOME.formatted(seen + " and l.scope_id = ?"), List.of(firstDay, scope));
  }

  /** The private ones of some scopes that were downloaded most. */
  public List<Sum> topPrivate(List<UUID> scopes, long firstDay) {
    var values = new ArrayList<Object>(List.of(firstDay));
    values.addAll(scopes);
    return sums(
        TOP_OF_SOME.formatted(" and l.visibility = 'private'" + in("l.scope_id", scopes)), values);
  }

  private List<Sum> sums(String sql, List<Object> values) {
    return Rows.of(entities, sql, values).stream()
        .map(row -> new Sum(Rows.number(row[0]), Rows.number(row[1])))
        .toList();
  }

  /** What libraries are called now; those without a version are left out. */
  public Map<Long, Named> names(List<Long> libraries) {
    var names = new HashMap<Long, Named>();
    if (!libraries.isEmpty()) {
      Rows.of(
              entities,
              "select seq, scope, name, scope_id, visibility from libraries"
                  + " where versions_count > 0"
                  + in("seq", libraries),
              List.copyOf(libraries))
          .forEach(
              row ->
                  names.put(
                      Rows.number(row[0]),
                      new Named(
                          (String) row[1],
                          (String) row[2],
                          Rows.uuid(row[3]),
                          "public".equals(row[4]))));
    }
    return names;
  }

  static String in(String column, List<?> ids) {
    return " and " + column + " in (" + Rows.marks(ids.size()) + ")";
  }
}
