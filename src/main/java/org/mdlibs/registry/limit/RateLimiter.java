package org.mdlibs.registry.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.mdlibs.registry.config.RateLimitSettings;

/** The buckets of one node, and those that it shares. */
final class RateLimiter {
  private final Map<CallClass, Integer> limits = new EnumMap<>(CallClass.class);
  private final TimeMeter time;
  private final LocalBuckets local;
  private final Optional<SharedBuckets> shared;

  /** Of a node by itself. */
  RateLimiter(RateLimitSettings settings, Clock clock) {
    this(settings, clock, null, null);
  }

  /**
   * Of a node among others.
   *
   * @param database where they share their buckets; null for none
   * @param executor what settles beside the calls
   */
  RateLimiter(RateLimitSettings settings, Clock clock, DataSource database, Executor executor) {
    for (CallClass callClass : CallClass.values()) {
      limits.put(callClass, callClass.limit(settings));
    }
    time = wallClock(clock);
    local =
        new LocalBuckets(
            key ->
                Bucket.builder()
                    .addLimit(bandwidth(key.callClass()))
                    .withCustomTimePrecision(time)
                    .build());
    shared =
        Optional.ofNullable(database)
            .map(
                source ->
                    new SharedBuckets(
                        source,
                        time,
                        executor,
                        key ->
                            BucketConfiguration.builder()
                                .addLimit(bandwidth(key.callClass()))
                                .build(),
                        key -> limits.get(key.callClass())));
  }

  private Bandwidth bandwidth(CallClass callClass) {
    int limit = limits.get(callClass);
    return Bandwidth.builder().capacity(limit).refillGreedy(limit, callClass.period()).build();
  }

  private static TimeMeter wallClock(Clock clock) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
      }

      @Override
      public boolean isWallClockBased() {
        return true;
      }
    };
  }

  /** Takes a token, if there is one. */
  Verdict take(BucketKey key) {
    if (key.callClass().isExact() && shared.isPresent()) {
      Optional<Verdict> verdict = shared.get().take(key);
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
    LocalBuckets.Held held = local.get(key);
    Verdict verdict =
        Verdict.of(limits.get(key.callClass()), held.bucket().tryConsumeAndReturnRemaining(1));
    if (verdict.allowed() && !key.callClass().isExact()) {
      shared.ifPresent(buckets -> buckets.note(held));
    }
    return verdict;
  }

  /** Removes what says nothing any more from where nodes share it. */
  void forget() {
    shared.ifPresent(SharedBuckets::forget);
  }

  /** How many buckets this node has in memory. */
  int size() {
    return local.size();
  }
}
