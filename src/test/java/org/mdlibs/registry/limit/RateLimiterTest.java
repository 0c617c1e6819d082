package org.mdlibs.registry.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.registry.config.RateLimitSettings;

class RateLimiterTest {
  static final RateLimitSettings SETTINGS = new RateLimitSettings(true, 600, 6_000, 1_200, 10, 300);

  private final TestTime time = new TestTime();
  private final RateLimiter limiter = new RateLimiter(SETTINGS, time.clock());

  private static BucketKey address(String address) {
    return new BucketKey(CallClass.ANONYMOUS, "address:" + address);
  }

  private int allowed(BucketKey key, int calls) {
    int allowed = 0;
    for (int i = 0; i < calls; i++) {
      allowed += limiter.take(key).allowed() ? 1 : 0;
    }
    return allowed;
  }

  @ParameterizedTest
  @CsvSource({"ANONYMOUS, 600", "USER, 6000", "SEARCH, 1200", "LOGIN, 100", "PUBLISH, 300"})
  void lets_as_many_calls_through_as_the_settings_say(CallClass callClass, int limit) {
    var key = new BucketKey(callClass, "user:ann");
    assertThat(allowed(key, limit + 50)).isEqualTo(limit);
    time.pass(callClass.period());
    assertThat(allowed(key, limit + 50)).isEqualTo(limit);
  }

  @Test
  void fills_bit_by_bit_and_says_when() {
    BucketKey key = address("192.0.2.1");
    Verdict first = limiter.take(key);
    assertThat(first).isEqualTo(new Verdict(true, 600, 599, Duration.ofMillis(100), Duration.ZERO));
    allowed(key, 599);
    Verdict refused = limiter.take(key);
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.remaining()).isZero();
    assertThat(refused.untilNext()).isEqualTo(Duration.ofMillis(100));
    assertThat(refused.untilFull()).isEqualTo(Duration.ofMinutes(1));
    assertThat(refused.refusal().retryAfter()).isEqualTo(Duration.ofMillis(100));
    time.pass(Duration.ofMillis(99));
    assertThat(limiter.take(key).allowed()).isFalse();
    time.pass(Duration.ofMillis(1));
    assertThat(allowed(key, 2)).isEqualTo(1);
  }

  @Test
  void counts_each_caller_and_each_class_for_itself() {
    assertThat(allowed(address("192.0.2.1"), 700)).isEqualTo(600);
    assertThat(limiter.take(address("192.0.2.2")).allowed()).isTrue();
    assertThat(limiter.take(new BucketKey(CallClass.SEARCH, "address:192.0.2.1")).allowed())
        .isTrue();
  }

  @Test
  void no_flood_of_addresses_fills_the_memory_or_pushes_out_those_who_are_known() {
    BucketKey scope = BucketKey.ofScope(new UUID(1, 2));
    assertThat(allowed(scope, 400)).isEqualTo(300);
    for (int i = 0; i < 200_000; i++) {
      limiter.take(address(Integer.toHexString(i) + ":0:0:0::/64"));
    }
    assertThat(limiter.size()).isBetween(10_000, LocalBuckets.MOST_OF_EACH_KIND + 1);
    assertThat(limiter.take(scope).allowed()).isFalse();
  }

  @Test
  void a_busy_address_stays_while_others_come_and_go() {
    BucketKey busy = address("192.0.2.1");
    int allowed = 0;
    for (int i = 0; i < 100_000; i++) {
      limiter.take(address(Integer.toHexString(i) + ":0:0:0::/64"));
      allowed += i % 100 == 0 && limiter.take(busy).allowed() ? 1 : 0;
    }
    assertThat(allowed).isEqualTo(600);
  }
}
