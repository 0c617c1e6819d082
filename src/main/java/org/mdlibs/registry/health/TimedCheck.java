package org.mdlibs.registry.health;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.mdlibs.registry.config.OwnThreads;

/**
 * Runs a check with a time limit: a dependency that hangs is down, and hangs nobody else. Those who
 * ask at once share one run: while a check hangs no threads pile up behind it. Its result holds for
 * {@value #HOLDS_MILLISECONDS} ms: anybody may ask, and some checks write.
 */
@ApplicationScoped
public class TimedCheck {
  private static final Logger LOG = Logger.getLogger(TimedCheck.class.getName());
  private static final int LIMIT_SECONDS = 3;
  private static final int HOLDS_MILLISECONDS = 500;

  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  @Resource private ManagedThreadFactory threads;
  private ExecutorService executor;

  private record Run(Future<?> future, long begin) {
    boolean holds(long now) {
      return !future.isDone() || now - begin < TimeUnit.MILLISECONDS.toNanos(HOLDS_MILLISECONDS);
    }
  }

  /** One thread for each check is the most. */
  @PostConstruct
  void start() {
    executor = OwnThreads.of(threads);
  }

  @PreDestroy
  void stop() {
    executor.shutdownNow();
  }

  /**
   * Begins a check; any exception of it means down.
   *
   * @return what waits for it, until the time limit counted from now
   */
  Supplier<HealthCheckResponse> begin(String name, Runnable check) {
    long begin = System.nanoTime();
    long end = begin + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    try {
      Run run =
          runs.compute(
              name,
              (key, last) ->
                  last != null && last.holds(begin)
                      ? last
                      : new Run(executor.submit(check), begin));
      return () -> await(name, run.future(), end - System.nanoTime());
    } catch (RejectedExecutionException e) {
      LOG.log(Level.WARNING, e, () -> "health check not started: " + name);
      return () -> down(name, "failed");
    }
  }

  private static HealthCheckResponse await(String name, Future<?> run, long nanos) {
    try {
      run.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      return Responses.up(name, Map.of());
    } catch (ExecutionException e) {
      LOG.log(Level.WARNING, e.getCause(), () -> "health check failed: " + name);
      return down(name, "failed");
    } catch (TimeoutException e) {
      return down(name, "no answer within " + LIMIT_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return down(name, "interrupted");
    }
  }

  private static HealthCheckResponse down(String name, String reason) {
    return Responses.down(name, Map.of("reason", reason));
  }
}
