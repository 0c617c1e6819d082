package org.mdlibs.registry.stats;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.ClientAddress;
import org.mdlibs.registry.config.DownloadSettings;
import org.mdlibs.registry.config.RegistryConfig;

/**
 * Counts downloads and calls in memory and writes them every second, and when the registry stops. A
 * request never waits for the database; a crash loses a second of counts, never a download.
 *
 * <p>What cannot be written waits: the counts however long, of the single downloads {@value
 * #MAX_WAITING}, since memory is bounded; those beyond are counted only.
 */
@ApplicationScoped
public class UsageCounter {
  static final int MAX_WAITING = 50_000;

  private static final Logger LOG = Logger.getLogger(UsageCounter.class.getName());

  private final Map<Downloaded, Long> downloads = new ConcurrentHashMap<>();
  private final Map<Called, Long> calls = new ConcurrentHashMap<>();
  private final Queue<Download> events = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final DownloadSettings settings;
  private final UsageCounts written;
  private final Clock clock;

  /**
   * Downloads that are counted together.
   *
   * @param day of the download, not of its writing: days since 1970-01-01, UTC
   */
  public record Downloaded(UUID version, UUID library, long day) {}

  /**
   * One download.
   *
   * @param by the nil UUID for anonymous callers
   * @param address in the form that the settings want, or null
   */
  public record Download(UUID version, Instant at, UUID by, String address) {}

  /**
   * Calls that are counted together.
   *
   * @param user the nil UUID for anonymous callers
   */
  public record Called(UUID user, long day) {}

  /** What is written in one transaction. */
  public record Batch(
      Map<Downloaded, Long> downloads, List<Download> events, Map<Called, Long> calls) {
    public Batch {
      downloads = Map.copyOf(downloads);
      events = List.copyOf(events);
      calls = Map.copyOf(calls);
    }

    boolean isEmpty() {
      return downloads.isEmpty() && events.isEmpty() && calls.isEmpty();
    }
  }

  @Inject
  public UsageCounter(RegistryConfig config, UsageCounts written, Clock clock) {
    this(config.downloads(), written, clock);
  }

  UsageCounter(DownloadSettings settings, UsageCounts written, Clock clock) {
    this.settings = settings;
    this.written = written;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected UsageCounter() {
    this((DownloadSettings) null, null, null);
  }

  /** Counts one download. */
  public void countDownload(UUID version, UUID library, Caller caller, String address) {
    Instant now = clock.instant();
    downloads.merge(new Downloaded(version, library, day(now)), 1L, Long::sum);
    if (settings.keepsEvents() && waiting.get() < MAX_WAITING) {
      waiting.incrementAndGet();
      events.add(new Download(version, now, caller.id(), kept(address)));
    }
  }

  private String kept(String address) {
    return switch (settings.addresses()) {
      case NONE -> null;
      case TRUNCATED -> ClientAddress.network(address);
      case FULL -> address;
    };
  }

  /** Counts one call of the interface. */
  public void countCall(Caller caller) {
    calls.merge(new Called(caller.id(), day(clock.instant())), 1L, Long::sum);
  }

  /** The day of a moment: days since 1970-01-01, UTC. */
  static long day(Instant moment) {
    return Math.floorDiv(moment.toEpochMilli(), Duration.ofDays(1).toMillis());
  }

  /** Writes what was counted; what cannot be written is kept for the next time. */
  public void flush() {
    var batch = new Batch(take(downloads), takeEvents(), take(calls));
    if (batch.isEmpty()) {
      return;
    }
    try {
      written.add(batch);
    } catch (RuntimeException e) {
      batch.downloads().forEach((key, count) -> downloads.merge(key, count, Long::sum));
      batch.calls().forEach((key, count) -> calls.merge(key, count, Long::sum));
      events.addAll(batch.events());
      waiting.addAndGet(batch.events().size());
      LOG.log(Level.WARNING, "counts of downloads and calls wait for the database", e);
    }
  }

  private static <K> Map<K, Long> take(Map<K, Long> counts) {
    Map<K, Long> taken = new HashMap<>();
    for (K key : Set.copyOf(counts.keySet())) {
      Long count = counts.remove(key);
      if (count != null) {
        taken.put(key, count);
      }
    }
    return taken;
  }

  private List<Download> takeEvents() {
    var taken = new ArrayList<Download>();
    for (Download event = events.poll(); event != null; event = events.poll()) {
      taken.add(event);
    }
    waiting.addAndGet(-taken.size());
    return taken;
  }
}
