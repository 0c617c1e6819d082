package org.mdlibs.registry.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Runs a check with a time limit: a dependency that hangs is down, and hangs nobody else. Those who
 * ask at once share one run: while a check hangs no threads pile up behind it.
 */
@ApplicationScoped
public class TimedCheck {
  private static final Logger LOG = Logger.getLogger(TimedCheck.class.getName());
  private static final int LIMIT_SECONDS = 3;

  private final Map<String, Future<?>> runs = new ConcurrentHashMap<>();
  @Resource private ManagedExecutorService executor;

  /**
   * Begins a check; any exception of it means down.
   *
   * @return what waits for it, until the time limit counted from now
   */
  Supplier<HealthCheckResponse> begin(String name, Runnable check) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    try {
      Future<?> run =
          runs.compute(
              name, (key, last) -> last == null || last.isDone() ? executor.submit(check) : last);
      return () -> await(name, run, end - System.nanoTime());
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
