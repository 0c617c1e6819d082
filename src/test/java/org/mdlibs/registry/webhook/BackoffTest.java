package org.mdlibs.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void waits_longer_each_time_and_gives_up_after_a_day() {
    Instant begin = Instant.EPOCH;
    Instant now = begin;
    Duration last = Duration.ZERO;
    int attempts = 1;
    while (Backoff.next(attempts, now).isPresent()) {
      Instant next = Backoff.next(attempts, now).orElseThrow();
      assertThat(Duration.between(now, next)).isGreaterThan(last);
      last = Duration.between(now, next);
      now = next;
      attempts++;
    }
    assertThat(attempts).isEqualTo(9);
    assertThat(Duration.between(begin, now)).isBetween(Duration.ofHours(24), Duration.ofHours(25));
  }
}
