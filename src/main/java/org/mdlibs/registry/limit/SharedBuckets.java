package org.mdlibs.registry.limit;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The buckets that all nodes share, in PostgreSQL.
 *
 * <p>Most calls only note here what they took from the bucket in memory. When that is a fiftieth of
 * the limit, another thread takes it from the shared bucket and sets the one in memory to what is
 * left there. So no call waits for the database, and all nodes together let through what one would,
 * and at most a fiftieth more for each further node, with what comes in the milliseconds until the
 * next settling. Calls of an exact class ask each time.
 *
 * <p>While the database does not answer, the buckets in memory go on by themselves.
 */
final class SharedBuckets {
  private static final Logger LOG = Logger.getLogger(SharedBuckets.class.getName());
  private static final int SHARE = 50;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
  private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int REMOVED_AT_ONCE = 1_000;

  private final PostgreSQLSelectForUpdateBasedProxyManager<byte[]> buckets;
  private final TimeMeter clock;
  private final Function<BucketKey, BucketConfiguration> configurations;
  private final ToIntFunction<BucketKey> limits;
  private final Executor executor;
  private final Queue<LocalBuckets.Held> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean settling = new AtomicBoolean();
  private volatile boolean away;
  private volatile long awayUntilNanos;

  SharedBuckets(
      DataSource database,
      TimeMeter clock,
      Executor executor,
      Function<BucketKey, BucketConfiguration> configurations,
      ToIntFunction<BucketKey> limits) {
    this.clock = clock;
    this.executor = executor;
    this.configurations = configurations;
    this.limits = limits;
    PrimaryKeyMapper<byte[]> bytes = PreparedStatement::setBytes;
    buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(Committing.connectionsOf(database))
            .primaryKeyMapper(bytes)
            .table("rate_limit_buckets")
            .clientClock(clock)
            .requestTimeout(REQUEST_TIMEOUT)
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                    Duration.ofSeconds(1)))
            .build();
  }

  private BucketProxy shared(BucketKey key) {
    return buckets.getProxy(key.inTable(limits.applyAsInt(key)), () -> configurations.apply(key));
  }

  /** Takes a token from a shared bucket; empty when the database does not answer. */
  Optional<Verdict> take(BucketKey key) {
    if (isPausing()) {
      return Optional.empty();
    }
    try {
      Verdict verdict =
          Verdict.of(limits.applyAsInt(key), shared(key).tryConsumeAndReturnRemaining(1));
      away = false;
      return Optional.of(verdict);
    } catch (RuntimeException e) {
      pause(e);
      return Optional.empty();
    }
  }

  /** Notes that a token was taken in memory. */
  void note(LocalBuckets.Held held) {
    long unsent = held.unsent().incrementAndGet();
    if (unsent >= share(held) && !isPausing() && held.waiting().compareAndSet(false, true)) {
      queue.add(held);
      wake();
    }
  }

  private long share(LocalBuckets.Held held) {
    return Math.max(1, limits.applyAsInt(held.key()) / SHARE);
  }

  private void wake() {
    if (settling.compareAndSet(false, true)) {
      try {
        executor.execute(this::settleAll);
      } catch (RejectedExecutionException e) {
        // The next call tries again.
        settling.set(false);
      }
    }
  }

  private void settleAll() {
    try {
      for (LocalBuckets.Held held = queue.poll(); held != null; held = queue.poll()) {
        held.waiting().set(false);
        if (!isPausing()) {
          settle(held);
        }
      }
    } finally {
      settling.set(false);
    }
    // One that was queued between the last look and the line above.
    if (!queue.isEmpty()) {
      wake();
    }
  }

  private void settle(LocalBuckets.Held held) {
    long unsent = held.unsent().getAndSet(0);
    long missing = limits.applyAsInt(held.key()) - held.bucket().getAvailableTokens();
    // What has been refilled here meanwhile would have been there too.
    long due = Math.min(unsent, missing);
    if (due <= 0) {
      return;
    }
    try {
      long left =
          shared(held.key())
              .asVerbose()
              .consumeIgnoringRateLimits(due)
              .getDiagnostics()
              .getAvailableTokens();
      away = false;
      setTo(held, left - held.unsent().get());
    } catch (RuntimeException e) {
      held.unsent().addAndGet(due);
      pause(e);
    }
  }

  private static void setTo(LocalBuckets.Held held, long tokens) {
    long tooMany = held.bucket().getAvailableTokens() - tokens;
    if (tooMany > 0) {
      held.bucket().consumeIgnoringRateLimits(tooMany);
    } else if (tooMany < 0) {
      held.bucket().addTokens(-tooMany);
    }
  }

  private boolean isPausing() {
    return away && clock.currentTimeNanos() < awayUntilNanos;
  }

  private void pause(RuntimeException e) {
    if (!away) {
      LOG.warning(() -> "rate limits are counted by this node alone for now: " + rootOf(e));
    }
    awayUntilNanos = clock.currentTimeNanos() + PAUSE_NANOS;
    away = true;
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Removes buckets that are full again: their rows say nothing. */
  void forget() {
    int removed;
    do {
      removed = buckets.removeExpired(REMOVED_AT_ONCE);
    } while (removed == REMOVED_AT_ONCE);
  }
}
