package org.mdlibs.registry.download;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.mdlibs.registry.download.DownloadCounter.Download;

/** The download counts of the database. */
@Stateless
public class Downloads {
  @PersistenceContext private EntityManager entities;

  /**
   * Adds counts, in one transaction. Rows are taken in the order of their ids, so that two nodes
   * that write at once cannot wait for each other.
   */
  public void add(Map<Download, Long> batch) {
    var libraries = new TreeMap<UUID, Long>();
    var versions = new TreeMap<UUID, Long>();
    batch.forEach(
        (download, count) -> {
          libraries.merge(download.library(), count, Long::sum);
          versions.merge(download.version(), count, Long::sum);
        });
    libraries.forEach(
        (id, count) ->
            entities
                .createQuery("update Library l set l.downloads = l.downloads + :n where l.id = :id")
                .setParameter("n", count)
                .setParameter("id", id)
                .executeUpdate());
    versions.forEach(
        (id, count) ->
            entities
                .createQuery(
                    "update LibraryVersion v set v.downloads = v.downloads + :n where v.id = :id")
                .setParameter("n", count)
                .setParameter("id", id)
                .executeUpdate());
    batch.entrySet().stream()
        .sorted(
            Map.Entry.comparingByKey(
                Comparator.comparing(Download::version)
                    .thenComparing(Download::day)
                    .thenComparing(Download::downloadedBy)))
        .forEach(entry -> addDay(entry.getKey(), entry.getValue()));
  }

  private void addDay(Download download, long count) {
    entities
        .createNativeQuery(
            "insert into downloads (version_id, day, downloaded_by, count) values (?, ?, ?, ?)"
                + " on conflict (version_id, day, downloaded_by)"
                + " do update set count = downloads.count + excluded.count")
        .setParameter(1, download.version())
        .setParameter(2, download.day())
        .setParameter(3, download.downloadedBy())
        .setParameter(4, count)
        .executeUpdate();
  }
}
