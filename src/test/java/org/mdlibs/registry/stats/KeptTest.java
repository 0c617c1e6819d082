package org.mdlibs.registry.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeptTest {
  private long now = 1_000_000;
  private final AtomicInteger counted = new AtomicInteger();
  private final Kept<String, Integer> kept =
      new Kept<>(
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return Instant.ofEpochMilli(now);
            }
          });

  private int get(String key, long takesMillis) {
    return kept.get(
        key,
        () -> {
          now += takesMillis;
          return counted.incrementAndGet();
        });
  }

  @Test
  void keeps_what_was_quick_for_a_second() {
    assertThat(get("a", 0)).isEqualTo(1);
    now += 999;
    assertThat(get("a", 0)).isEqualTo(1);
    now += 1;
    assertThat(get("a", 0)).isEqualTo(2);
  }

  @Test
  void keeps_what_was_slow_for_a_hundred_times_as_long() {
    get("a", 200);
    now += 19_999;
    assertThat(get("a", 200)).isEqualTo(1);
    now += 1;
    assertThat(get("a", 200)).isEqualTo(2);
  }

  @Test
  void keeps_nothing_longer_than_five_minutes() {
    get("a", 60_000);
    now += 299_999;
    assertThat(get("a", 0)).isEqualTo(1);
    now += 1;
    assertThat(get("a", 0)).isEqualTo(2);
  }

  @Test
  void keeps_a_bounded_number_each_for_itself() {
    for (int i = 0; i < 5_000; i++) {
      assertThat(get("key" + i, 0)).isEqualTo(i + 1);
    }
  }
}
