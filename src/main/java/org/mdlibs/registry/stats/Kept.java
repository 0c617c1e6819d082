package org.mdlibs.registry.stats;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Figures that are dear to count and need not be of this very moment. Each is kept for {@value
 * #TIMES} times as long as counting it took, at least a second and at most five minutes: so a small
 * registry shows what is, and a large one never spends more than a part of its time on them. Who
 * asks for the same figure meanwhile waits for the one who counts.
 */
final class Kept<K, V> {
  private static final int TIMES = 100;
  private static final long LEAST_MILLIS = 1_000;
  private static final long MOST_MILLIS = 300_000;
  private static final int MOST_KEYS = 1_000;

  private final Map<K, Figure<V>> figures = new ConcurrentHashMap<>();
  private final Clock clock;

  private static final class Figure<V> {
    private V value;
    private long until;
  }

  Kept(Clock clock) {
    this.clock = clock;
  }

  /**
   * The figure of a key.
   *
   * @param count what counts it anew
   */
  V get(K key, Supplier<V> count) {
    return get(key, value -> true, count);
  }

  /**
   * The figure of a key.
   *
   * @param holds whether a figure that is kept may still be shown
   * @param count what counts it anew
   */
  V get(K key, Predicate<V> holds, Supplier<V> count) {
    if (figures.size() >= MOST_KEYS && !figures.containsKey(key)) {
      makeRoom();
    }
    Figure<V> figure = figures.computeIfAbsent(key, k -> new Figure<>());
    synchronized (figure) {
      long begin = clock.millis();
      if (figure.value == null || begin >= figure.until || !holds.test(figure.value)) {
        figure.value = count.get();
        long end = clock.millis();
        figure.until = end + Math.min(MOST_MILLIS, Math.max(LEAST_MILLIS, (end - begin) * TIMES));
      }
      return figure.value;
    }
  }

  private void makeRoom() {
    long now = clock.millis();
    figures.values().removeIf(figure -> figure.until <= now);
    if (figures.size() >= MOST_KEYS) {
      figures.clear();
    }
  }
}
