package org.mdlibs.registry.library;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.mdlibs.registry.config.Rows;

/**
 * Downloads by day: of each library, and summed up for each scope and for the registry as a whole,
 * what is public and what is private apart. So a sum that somebody may see is a sum of few rows,
 * however many libraries there are.
 *
 * <p>Whoever writes has locked the libraries before, and takes one row here: then no two wait for
 * each other, and none adds to a sum that a library is just leaving.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class DownloadDays {
  /** In the place of a scope: the registry as a whole. */
  public static final UUID EVERYWHERE = new UUID(0, 0);

  @PersistenceContext private EntityManager entities;

  /**
   * A day of a library.
   *
   * @param day days since 1970-01-01, UTC
   */
  public record LibraryDay(UUID library, long day) implements Comparable<LibraryDay> {
    private static final Comparator<LibraryDay> ORDER =
        Comparator.comparing(LibraryDay::library).thenComparing(LibraryDay::day);

    @Override
    public int compareTo(LibraryDay other) {
      return ORDER.compare(this, other);
    }
  }

  private record ScopeDay(UUID scope, String visibility, long day) implements Comparable<ScopeDay> {
    private static final Comparator<ScopeDay> ORDER =
        Comparator.comparing(ScopeDay::scope)
            .thenComparing(ScopeDay::visibility)
            .thenComparing(ScopeDay::day);

    @Override
    public int compareTo(ScopeDay other) {
      return ORDER.compare(this, other);
    }
  }

  private record Place(long seq, UUID scope, String visibility) {}

  /** Adds downloads of libraries, whose rows the caller has locked. */
  public void add(SortedMap<LibraryDay, Long> counts) {
    lock(0);
    Map<UUID, Place> places = places(counts.keySet().stream().map(LibraryDay::library).toList());
    upsert(
        "library_days (library, day, count)",
        "(library, day) do update set count = library_days.count",
        counts.entrySet(),
        e -> List.of(places.get(e.getKey().library()).seq(), e.getKey().day(), e.getValue()));
    var sums = new TreeMap<ScopeDay, Long>();
    counts.forEach(
        (of, count) -> {
          Place place = places.get(of.library());
          sums.merge(new ScopeDay(place.scope(), place.visibility(), of.day()), count, Long::sum);
          sums.merge(new ScopeDay(EVERYWHERE, place.visibility(), of.day()), count, Long::sum);
        });
    upsert(
        "scope_days (scope_id, visibility, day, count)",
        "(scope_id, visibility, day) do update set count = scope_days.count",
        sums.entrySet(),
        e -> List.of(e.getKey().scope(), e.getKey().visibility(), e.getKey().day(), e.getValue()));
  }

  /**
   * Lets the sums follow a library that was moved, hidden or shown, and that the caller has locked.
   *
   * @param library as it is now
   * @param scope the namespace that it was in before
   * @param visibility what it was before
   */
  public void follow(Library library, UUID scope, Visibility visibility) {
    lock(1);
    add(library, scope, visibility, -1);
    add(library, library.scopeId(), library.visibility(), 1);
    if (library.visibility() != visibility) {
      add(library, EVERYWHERE, visibility, -1);
      add(library, EVERYWHERE, library.visibility(), 1);
    }
  }

  private void add(Library library, UUID scope, Visibility visibility, int sign) {
    entities
        .createNativeQuery(
            "insert into scope_days (scope_id, visibility, day, count)"
                + " select ?, ?, day, count * "
                + sign
                + " from library_days where library = ?"
                + " on conflict (scope_id, visibility, day)"
                + " do update set count = scope_days.count + excluded.count")
        .setParameter(1, scope)
        .setParameter(2, visibility.wireName())
        .setParameter(3, library.seq())
        .executeUpdate();
  }

  /** Waits for whoever else writes; holds until the transaction ends. */
  private void lock(int turns) {
    entities
        .createNativeQuery(
            "update locks set turns = turns + " + turns + " where name = 'statistics'")
        .executeUpdate();
  }

  private Map<UUID, Place> places(Collection<UUID> libraries) {
    var places = new TreeMap<UUID, Place>();
    for (List<UUID> some : Rows.parts(libraries.stream().distinct().toList())) {
      Rows.of(
              entities,
              "select id, seq, scope_id, visibility from libraries where id in ("
                  + Rows.marks(some.size())
                  + ")",
              List.copyOf(some))
          .forEach(
              row ->
                  places.put(
                      Rows.uuid(row[0]),
                      new Place(Rows.number(row[1]), Rows.uuid(row[2]), String.valueOf(row[3]))));
    }
    return places;
  }

  private interface Values<T> {
    List<Object> of(T row);
  }

  private <T> void upsert(String into, String conflict, Collection<T> rows, Values<T> values) {
    for (List<T> some : Rows.parts(List.copyOf(rows))) {
      List<List<Object>> all = some.stream().map(values::of).toList();
      var query =
          entities.createNativeQuery(
              "insert into "
                  + into
                  + " values "
                  + String.join(
                      ", ",
                      Collections.nCopies(all.size(), "(" + Rows.marks(all.get(0).size()) + ")"))
                  + " on conflict "
                  + conflict
                  + " + excluded.count");
      int position = 1;
      for (List<Object> row : all) {
        for (Object value : row) {
          query.setParameter(position++, value);
        }
      }
      query.executeUpdate();
    }
  }
}
