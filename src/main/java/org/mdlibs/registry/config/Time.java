package org.mdlibs.registry.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

/** Gives the clock of the registry: UTC, in whole milliseconds, as the databases keep times. */
@ApplicationScoped
public class Time {
  /** The clock to inject. */
  @Produces
  public Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
  }
}
