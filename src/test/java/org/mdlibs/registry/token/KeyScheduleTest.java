package org.mdlibs.registry.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private static SigningKey key(int generation, Duration age) {
    return new SigningKey(generation, "kid" + generation, "{}", NOW.minus(age));
  }

  private static String signing(SigningKey... keys) {
    return new KeySchedule(List.of(keys), NOW).signing().orElseThrow().kid();
  }

  @Test
  void the_first_key_signs_at_once() {
    assertThat(signing(key(1, Duration.ZERO))).isEqualTo("kid1");
  }

  @Test
  void a_new_key_is_published_for_an_hour_before_it_signs() {
    SigningKey old = key(1, DAY);
    assertThat(signing(key(2, Duration.ofMinutes(59)), old)).isEqualTo("kid1");
    assertThat(signing(key(2, Duration.ofMinutes(60)), old)).isEqualTo("kid2");
  }

  @Test
  void of_two_new_keys_neither_signs_early() {
    assertThat(signing(key(3, Duration.ZERO), key(2, Duration.ZERO), key(1, DAY)))
        .isEqualTo("kid1");
  }

  @Test
  void a_new_key_is_made_when_the_newest_is_too_old() {
    assertThat(new KeySchedule(List.of(), NOW).needsNew(DAY)).isTrue();
    assertThat(new KeySchedule(List.of(key(1, DAY)), NOW).needsNew(DAY)).isTrue();
    assertThat(new KeySchedule(List.of(key(1, DAY.minusSeconds(1))), NOW).needsNew(DAY)).isFalse();
    assertThat(new KeySchedule(List.of(key(2, Duration.ZERO), key(1, DAY)), NOW).needsNew(DAY))
        .isFalse();
  }

  @Test
  void a_key_retires_when_its_successor_has_signed_for_a_while() {
    assertThat(new KeySchedule(List.of(key(1, DAY)), NOW).retired()).isEmpty();
    SigningKey old = key(1, DAY);
    assertThat(new KeySchedule(List.of(key(2, Duration.ofMinutes(119)), old), NOW).retired())
        .isEmpty();
    var retired = new KeySchedule(List.of(key(2, Duration.ofMinutes(121)), old), NOW).retired();
    assertThat(retired).singleElement().extracting(r -> r.key().kid()).isEqualTo("kid1");
    assertThat(retired.get(0).lastSignature()).isEqualTo(NOW.minus(Duration.ofMinutes(1)));
  }
}
