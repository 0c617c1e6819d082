package org.mdlibs.registry.stats;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.library.DownloadDays;
import org.mdlibs.registry.library.DownloadDays.LibraryDay;
import org.mdlibs.registry.stats.UsageCounter.Batch;
import org.mdlibs.registry.stats.UsageCounter.Called;
import org.mdlibs.registry.stats.UsageCounter.Download;

/** The counts of downloads and calls in the database. */
@Stateless
public class UsageCounts {
  /** Downloads that one transaction forgets. */
  static final int FORGOTTEN_AT_ONCE = 5_000;

  @PersistenceContext private EntityManager entities;
  @Inject private DownloadDays days;
  @Inject private Chance chance;

  /**
   * Adds what was counted, in one transaction: counters, days, single downloads, calls. Rows are
   * taken in the order of their ids, so that two nodes that write at once cannot wait for each
   * other.
   */
  public void add(Batch batch) {
    if (!batch.downloads().isEmpty()) {
      addDownloads(batch.downloads());
    }
    Rows.parts(batch.events()).forEach(this::insert);
    batch.calls().entrySet().stream()
        .sorted(
            Map.Entry.comparingByKey(Comparator.comparing(Called::user).thenComparing(Called::day)))
        .forEach(entry -> addCalls(entry.getKey(), entry.getValue()));
  }

  private void addDownloads(Map<UsageCounter.Downloaded, Long> counts) {
    var libraries = new TreeMap<UUID, Long>();
    var versions = new TreeMap<UUID, Long>();
    var libraryDays = new TreeMap<LibraryDay, Long>();
    counts.forEach(
        (of, count) -> {
          libraries.merge(of.library(), count, Long::sum);
          versions.merge(of.version(), count, Long::sum);
          libraryDays.merge(new LibraryDay(of.library(), of.day()), count, Long::sum);
        });
    libraries.forEach((id, count) -> addTo("Library", id, count));
    versions.forEach((id, count) -> addTo("LibraryVersion", id, count));
    days.add(libraryDays);
  }

  private void addTo(String entity, UUID id, long count) {
    entities
        .createQuery("update " + entity + " e set e.downloads = e.downloads + :n where e.id = :id")
        .setParameter("n", count)
        .setParameter("id", id)
        .executeUpdate();
  }

  /** Several rows by one statement: there may be thousands in a second. */
  private void insert(List<Download> events) {
    Query query =
        entities.createNativeQuery(
            "insert into downloads (id, version_id, downloaded_at, downloaded_by, ip_address)"
                + " values "
                + String.join(
                    ", ",
                    events.stream()
                        .map(e -> e.address() == null ? "(?, ?, ?, ?, null)" : "(?, ?, ?, ?, ?)")
                        .toList()));
    int position = 1;
    for (Download event : events) {
      query.setParameter(position++, chance.uuid());
      query.setParameter(position++, event.version());
      query.setParameter(position++, Timestamp.from(event.at()));
      query.setParameter(position++, event.by());
      if (event.address() != null) {
        query.setParameter(position++, event.address());
      }
    }
    query.executeUpdate();
  }

  private void addCalls(Called of, long count) {
    entities
        .createNativeQuery(
            "insert into api_calls (user_id, day, count) values (?, ?, ?)"
                + " on conflict (user_id, day) do update set count = api_calls.count + excluded.count")
        .setParameter(1, of.user())
        .setParameter(2, of.day())
        .setParameter(3, count)
        .executeUpdate();
  }

  /** Forgets single downloads of before a moment, not all at once; how many it were. */
  public int forgetDownloads(Instant end) {
    return entities
        .createNativeQuery(
            "delete from downloads where id in (select id from downloads where downloaded_at < ?"
                + " order by downloaded_at limit "
                + FORGOTTEN_AT_ONCE
                + ")")
        .setParameter(1, Timestamp.from(end))
        .executeUpdate();
  }

  /**
   * Forgets whose the downloads were of accounts that are erased. The erasure does it too; what was
   * still in a node's memory then came after it.
   */
  public void forgetErased() {
    String erased = " in (select id from users where erased_at is not null)";
    entities
        .createNativeQuery(
            "update downloads set downloaded_by = ?, ip_address = null where downloaded_by <> "
                + "'00000000-0000-0000-0000-000000000000' and downloaded_by"
                + erased)
        .setParameter(1, Caller.ANONYMOUS.id())
        .executeUpdate();
    entities.createNativeQuery("delete from api_calls where user_id" + erased).executeUpdate();
  }

  /** Forgets the calls of before a day. */
  public void forgetCalls(long day) {
    entities
        .createNativeQuery("delete from api_calls where day < ?")
        .setParameter(1, day)
        .executeUpdate();
  }
}
