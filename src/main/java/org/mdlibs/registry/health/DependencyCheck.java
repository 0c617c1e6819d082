package org.mdlibs.registry.health;

import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** The check of something that the registry cannot work without, within a time limit. */
public abstract class DependencyCheck implements HealthCheck {
  @Inject private TimedCheck check;

  /** The name of the check in the answer. */
  abstract String name();

  /** Whether there is anything to tell. */
  public boolean isConfigured() {
    return true;
  }

  /** Throws when the dependency is down. */
  abstract void probe();

  /**
   * Begins to check, so that several are checked side by side.
   *
   * @return what waits for the result
   */
  public Supplier<HealthCheckResponse> begin() {
    return check.begin(name(), this::probe);
  }

  @Override
  public HealthCheckResponse call() {
    return begin().get();
  }
}
