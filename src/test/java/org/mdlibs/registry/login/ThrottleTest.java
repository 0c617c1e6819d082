package org.mdlibs.registry.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final long NOW = 1_000_000_000L;
  private final Throttle throttle = new Throttle(10);

  private static long after(int failures, long step) {
    return NOW + failures * step;
  }

  private Duration pair(int failures, long now) {
    long level = failures == 0 ? 0 : after(failures, throttle.narrowStep());
    return throttle.wait(new Throttle.Levels(level, 0, 0, false), now);
  }

  @Test
  void ten_may_fail_at_once_and_the_eleventh_waits() {
    assertThat(pair(0, NOW)).isZero();
    assertThat(pair(9, NOW)).isZero();
    assertThat(pair(10, NOW)).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void a_tenth_of_a_minute_buys_one_more_try() {
    assertThat(pair(10, NOW + 5_999)).isEqualTo(Duration.ofMillis(1));
    assertThat(pair(10, NOW + 6_000)).isZero();
    assertThat(pair(11, NOW + 6_000)).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void what_failed_too_often_at_once_is_paid_for_later() {
    assertThat(pair(40, NOW)).isEqualTo(Duration.ofSeconds(186));
  }

  @Test
  void a_name_and_a_place_have_room_for_ten_times_as_many() {
    long full = after(100, throttle.wideStep());
    long room = after(99, throttle.wideStep());
    assertThat(throttle.wait(new Throttle.Levels(0, room, room, false), NOW)).isZero();
    assertThat(throttle.wait(new Throttle.Levels(0, full, 0, false), NOW)).isPositive();
    assertThat(throttle.wait(new Throttle.Levels(0, 0, full, false), NOW)).isPositive();
  }

  @Test
  void others_cannot_lock_somebody_out_of_a_place_that_he_logs_in_from() {
    long full = after(1_000, throttle.wideStep());
    assertThat(throttle.wait(new Throttle.Levels(0, full, full, true), NOW)).isZero();
    long own = after(10, throttle.narrowStep());
    assertThat(throttle.wait(new Throttle.Levels(own, 0, 0, true), NOW)).isPositive();
  }

  @Test
  void a_name_is_the_same_whatever_its_case_and_a_bucket_is_nobody_elses() {
    Attempt ann = Attempt.of(" Ann ", "198.51.100.1");
    assertThat(ann.pair()).isEqualTo(Attempt.of("ann", "198.51.100.1").pair());
    assertThat(ann.pair()).isNotEqualTo(Attempt.of("ann", "198.51.100.2").pair());
    assertThat(ann.account()).isEqualTo(Attempt.of("ann", "198.51.100.2").account());
    assertThat(ann.pair()).isNotEqualTo(ann.known());
  }
}
