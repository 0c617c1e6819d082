package org.mdlibs.registry.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.config.Chance;

class ApiSecretTest {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private final Chance chance = new Chance();

  @Test
  void is_a_prefix_with_43_digits_and_a_checksum_of_6() {
    assertThat(ApiSecret.of(chance.bytes(32)).text()).matches("mdl_[0-9A-Za-z]{49}");
    assertThat(ApiSecret.of(new byte[32]).text()).startsWith("mdl_" + "0".repeat(43));
  }

  @Test
  void holds_every_one_of_256_bits() {
    byte[] random = new byte[32];
    Arrays.fill(random, (byte) 0xff);
    BigInteger number = BigInteger.ZERO;
    for (char digit : ApiSecret.of(random).text().substring(4, 47).toCharArray()) {
      number =
          number.multiply(BigInteger.valueOf(62)).add(BigInteger.valueOf(DIGITS.indexOf(digit)));
    }
    assertThat(number).isEqualTo(new BigInteger(1, random));
  }

  @Test
  void takes_back_what_it_made() {
    for (int i = 0; i < 1_000; i++) {
      ApiSecret made = ApiSecret.of(chance.bytes(32));
      assertThat(ApiSecret.parse(made.text())).contains(made);
    }
  }

  @Test
  void refuses_every_change_of_one_character() {
    String text = ApiSecret.of(chance.bytes(32)).text();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'x' ? 'y' : 'x';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      assertThat(ApiSecret.parse(changed)).as(changed).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mdl_", "mdl_nothing", "MDL_0", "mdl_ä"})
  void refuses_junk(String junk) {
    assertThat(ApiSecret.parse(junk)).isEmpty();
  }

  @Test
  void refuses_what_is_longer_or_shorter() {
    String text = ApiSecret.of(chance.bytes(32)).text();
    assertThat(ApiSecret.parse(text + "0")).isEmpty();
    assertThat(ApiSecret.parse(text + "\n")).isEmpty();
    assertThat(ApiSecret.parse(text.substring(0, text.length() - 1))).isEmpty();
  }

  @Test
  void never_prints_itself() {
    ApiSecret secret = ApiSecret.of(chance.bytes(32));
    assertThat(secret.toString()).doesNotContain(secret.text().substring(4));
  }
}
