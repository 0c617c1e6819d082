package org.mdlibs.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.audit.DenialLimit.Decision;

class DenialLimitTest {
  private static final UUID ANN = new UUID(1, 1);
  private static final UUID BOB = new UUID(2, 2);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
  private final InstantSource source = now::get;
  private final DenialLimit limit = new DenialLimit(source.withZone(ZoneOffset.UTC));

  @Test
  void records_ten_a_minute_then_says_so_once() {
    for (int i = 0; i < DenialLimit.OF_A_CALLER; i++) {
      assertThat(limit.count(ANN)).isEqualTo(Decision.RECORD);
    }
    assertThat(limit.count(ANN)).isEqualTo(Decision.RECORD_AS_LAST);
    assertThat(limit.count(ANN)).isEqualTo(Decision.DROP);
    assertThat(limit.count(BOB)).isEqualTo(Decision.RECORD);
  }

  @Test
  void begins_anew_each_minute() {
    for (int i = 0; i < 50; i++) {
      limit.count(ANN);
    }
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
    assertThat(limit.count(ANN)).isEqualTo(Decision.RECORD);
  }

  @Test
  void many_accounts_do_not_help_either() {
    for (int i = 0; i < DenialLimit.CALLERS; i++) {
      assertThat(limit.count(new UUID(9, i))).isEqualTo(Decision.RECORD);
    }
    assertThat(limit.count(BOB)).isEqualTo(Decision.DROP);
    assertThat(limit.count(new UUID(9, 0))).isEqualTo(Decision.RECORD);
  }
}
