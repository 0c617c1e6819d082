package org.mdlibs.registry.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.metrics.Metrics;

/**
 * Counts downloads in memory and writes them every few seconds, and when the registry stops. A
 * download never waits for the database; a crash loses a few seconds of counts, never a download.
 */
@ApplicationScoped
public class DownloadCounter {
  private static final Logger LOG = Logger.getLogger(DownloadCounter.class.getName());

  private final Map<Download, Long> counts = new ConcurrentHashMap<>();
  @Inject private Downloads downloads;
  @Inject private Clock clock;
  @Inject private Metrics metrics;

  /**
   * What is counted together.
   *
   * @param day days since 1970-01-01, UTC
   * @param downloadedBy the nil UUID for anonymous callers
   */
  record Download(UUID version, UUID library, long day, UUID downloadedBy) {}

  /** Counts one download. */
  public void count(UUID version, UUID library, Caller caller) {
    long day = clock.millis() / Duration.ofDays(1).toMillis();
    metrics.downloaded();
    counts.merge(new Download(version, library, day, caller.id()), 1L, Long::sum);
  }

  /** Writes what was counted; what cannot be written is kept for the next time. */
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
}
