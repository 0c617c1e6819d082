package org.mdlibs.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {
  /** Made by: printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac 'a secret of sixteen'. */
  @Test
  void is_what_openssl_makes_of_timestamp_and_body() {
    assertThat(Signature.of("a secret of sixteen", 1_700_000_000L, "{\"a\":1}"))
        .isEqualTo("sha256=fbd8ce753f0c0643c2d4fef4959c30b175367059e6f5453bddeb7b24a3d1ae24");
  }

  @Test
  void is_another_for_another_time_secret_or_body() {
    String one = Signature.of("a secret of sixteen", 1, "x");
    assertThat(Signature.of("a secret of sixteen", 2, "x")).isNotEqualTo(one);
    assertThat(Signature.of("a secret of seventeen", 1, "x")).isNotEqualTo(one);
    assertThat(Signature.of("a secret of sixteen", 1, "y")).isNotEqualTo(one);
  }
}
