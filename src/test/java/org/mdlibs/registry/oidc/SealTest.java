package org.mdlibs.registry.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.config.Chance;

class SealTest {
  private final Chance chance = new Chance();
  private final Seal seal = new Seal(chance.bytes(32));

  private String close(String text) {
    return seal.close(text, chance.bytes(Seal.NONCE_BYTES));
  }

  @Test
  void opens_what_it_closed() {
    String sealed = close("a text");
    assertThat(sealed).matches("[A-Za-z0-9_-]+").doesNotContain("a text");
    assertThat(seal.open(sealed)).contains("a text");
  }

  @Test
  void opens_nothing_that_was_changed_anywhere() {
    String sealed = close("a text");
    // The last character holds bits that no byte needs.
    for (int i = 0; i < sealed.length() - 1; i++) {
      char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
      String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
      assertThat(seal.open(changed)).as("at %d", i).isEmpty();
    }
  }

  @Test
  void opens_nothing_of_another_key_and_no_junk() {
    assertThat(new Seal(chance.bytes(32)).open(close("a text"))).isEmpty();
    assertThat(seal.open("")).isEmpty();
    assertThat(seal.open("a")).isEmpty();
    assertThat(seal.open("not base64!")).isEmpty();
    assertThat(seal.open("A".repeat(5_000))).isEmpty();
  }

  @Test
  void carries_a_sign_on() {
    SignOn signOn = SignOn.begin("/device", chance, Instant.parse("2026-11-24T10:00:00Z"));
    assertThat(SignOn.ofJson(seal.open(close(signOn.toJson())).orElseThrow())).isEqualTo(signOn);
    assertThat(signOn.isExpiredAt(Instant.parse("2026-11-24T10:10:00Z"))).isFalse();
    assertThat(signOn.isExpiredAt(Instant.parse("2026-11-24T10:10:01Z"))).isTrue();
  }
}
