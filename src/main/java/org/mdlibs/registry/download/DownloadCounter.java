package org.mdlibs.registry.download;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.access.Caller;

/**
 * Counts downloads in memory and writes them every few seconds, and when the registry stops. A
 * download never waits for the database; a crash loses a few seconds of counts, never a download.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DownloadCounter {
  private static final Logger LOG = Logger.getLogger(DownloadCounter.class.getName());

  private final Map<Download, Long> counts = new ConcurrentHashMap<>();
  @Inject private Downloads downloads;
  @Inject private Clock clock;

  /**
   * What is counted together.
   *
   * @param day days since 1970-01-01, UTC
   * @param downloadedBy the nil UUID for anonymous callers
   */
  record Download(UUID version, UUID library, long day, UUID downloadedBy) {}

  /** Counts one download. */
  public void count(UUID version, UUID library, Caller caller) {
    long day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
    counts.merge(new Download(version, library, day, caller.id()), 1L, Long::sum);
  }

  /** Writes what was counted; what cannot be written is kept for the next time. */
  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  public void flush() {
    var batch = new HashMap<Download, Long>();
    for (Download download : Set.copyOf(counts.keySet())) {
      Long count = counts.remove(download);
      if (count != null) {
        batch.put(download, count);
      }
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      downloads.add(batch);
    } catch (RuntimeException e) {
      batch.forEach((download, count) -> counts.merge(download, count, Long::sum));
      LOG.log(Level.WARNING, "download counts wait for the database", e);
    }
  }

  @PreDestroy
  void flushAtStop() {
    flush();
  }
}
