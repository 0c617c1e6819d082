package org.mdlibs.registry.stats;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.mdlibs.registry.config.Rows;

/** Counts libraries, their versions and bytes, and how many there are of each tag and licence. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class LibrarySums {
  /** Tags, and licences, that are counted at once: the commonest. */
  private static final int MOST = 1_000;

  @PersistenceContext private EntityManager entities;

  /** By what libraries are counted. */
  public enum Dimension {
    TAG("t.tag", "library_tags t join libraries l on l.seq = t.library"),
    LICENSE("l.license", "libraries l");

    private final String column;
    private final String tables;

    Dimension(String column, String tables) {
      this.column = column;
      this.tables = tables;
    }
  }

  /** Counts what is public under some values of a dimension. */
  public interface PublicCounts {
    Map<String, Long> of(Dimension dimension, Set<String> values);
  }

  /**
   * What was counted.
   *
   * @param by libraries by value, the commonest values alone
   */
  public record Figures(
      long libraries, long versions, long bytes, Map<Dimension, Map<String, Long>> by) {
    public Figures {
      by = Map.copyOf(by);
    }

    /**
     * With what is private beside it.
     *
     * @param publicCounts of values that are common among the private ones alone
     */
    Figures and(Figures hidden, PublicCounts publicCounts) {
      var sums = new EnumMap<Dimension, Map<String, Long>>(Dimension.class);
      for (Dimension dimension : Dimension.values()) {
        var counts = new HashMap<String, Long>(by.get(dimension));
        Map<String, Long> more = hidden.by.get(dimension);
        var unknown = new TreeSet<String>(more.keySet());
        unknown.removeAll(counts.keySet());
        if (counts.size() >= MOST && !unknown.isEmpty()) {
          counts.putAll(publicCounts.of(dimension, unknown));
        }
        more.forEach((value, count) -> counts.merge(value, count, Long::sum));
        sums.put(dimension, counts);
      }
      return new Figures(
          libraries + hidden.libraries, versions + hidden.versions, bytes + hidden.bytes, sums);
    }
  }

  /** How often libraries were hidden, shown or moved: figures of before are not to be shown. */
  public long turns() {
    return Rows.number(
        entities
            .createNativeQuery("select turns from locks where name = 'statistics'")
            .getSingleResult());
  }

  /** Of what is public, or of everything. */
  public Figures figures(boolean isPrivateToo) {
    return count(isPrivateToo ? "" : " and l.visibility = 'public'", List.of());
  }

  /** Of what is private in some scopes. */
  public Figures privateFigures(List<UUID> scopes) {
    return count(
        " and l.visibility = 'private'" + DownloadSums.in("l.scope_id", scopes),
        List.copyOf(scopes));
  }

  /** How many public libraries there are under some values. */
  public Map<String, Long> ofPublic(Dimension dimension, Set<String> values) {
    return counts(
        dimension,
        " and l.visibility = 'public' and "
            + dimension.column
            + " in ("
            + Rows.marks(values.size())
            + ")",
        List.copyOf(values));
  }

  private Figures count(String condition, List<Object> values) {
    Object[] sums =
        Rows.of(
                entities,
                "select count(*), coalesce(sum(l.versions_count), 0), coalesce(sum(l.size_bytes), 0)"
                    + " from libraries l where l.versions_count > 0"
                    + condition,
                values)
            .get(0);
    var by = new EnumMap<Dimension, Map<String, Long>>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      by.put(dimension, counts(dimension, condition, values));
    }
    return new Figures(Rows.number(sums[0]), Rows.number(sums[1]), Rows.number(sums[2]), by);
  }

  private Map<String, Long> counts(Dimension dimension, String condition, List<Object> values) {
    var counts = new HashMap<String, Long>();
    Rows.of(
            entities,
            "select "
                + dimension.column
                + ", count(*) from "
                + dimension.tables
                + " where l.versions_count > 0 and "
                + dimension.column
                + " is not null"
                + condition
                + " group by "
                + dimension.column
                + " order by 2 desc, 1 limit "
                + MOST,
            values)
        .forEach(row -> counts.put((String) row[0], Rows.number(row[1])));
    return counts;
  }
}
