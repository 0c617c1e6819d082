package org.mdlibs.registry.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Runs a check with a time limit: a dependency that hangs is down, and hangs nobody else. While a
 * check hangs it is not started again, so that no threads pile up behind it.
 */
@ApplicationScoped
public class TimedCheck {
  private static final Logger LOG = Logger.getLogger(TimedCheck.class.getName());
  private static final int LIMIT_SECONDS = 3;

  private final Set<String> running = ConcurrentHashMap.newKeySet();
  @Resource private ManagedExecutorService executor;

  /** Runs a check; any exception of it means down. */
  HealthCheckResponse run(String name, Runnable check) {
    if (!running.add(name)) {
      return down(name, "another check of it is still waiting");
    }
    var result =
        executor.submit(
            () -> {
              try {
                check.run();
              } finally {
                running.remove(name);
              }
            });
    try {
      result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      return HealthCheckResponse.named(name).up().build();
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
    return HealthCheckResponse.named(name).down().withData("reason", reason).build();
  }
}
