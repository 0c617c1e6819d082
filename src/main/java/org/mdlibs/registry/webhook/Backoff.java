package org.mdlibs.registry.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a delivery that failed is tried again: nine attempts within some 24 hours. */
final class Backoff {
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(8),
          Duration.ofHours(12));

  private Backoff() {}

  /**
   * The next attempt; empty when it is given up.
   *
   * @param attempts how many there were
   */
  static Optional<Instant> next(int attempts, Instant now) {
    return attempts > WAITS.size()
        ? Optional.empty()
        : Optional.of(now.plus(WAITS.get(attempts - 1)));
  }
}
