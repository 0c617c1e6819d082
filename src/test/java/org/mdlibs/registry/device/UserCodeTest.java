package org.mdlibs.registry.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.config.Chance;

class UserCodeTest {
  @Test
  void reads_what_a_person_types() {
    assertThat(UserCode.parse("bcdf-ghjk")).isEqualTo(new UserCode("BCDFGHJK"));
    assertThat(UserCode.parse(" BCDF GHJK ")).hasToString("BCDF-GHJK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "BCDF-GHJ", "BCDF-GHJKL", "BCDF-GHJA", "BCDF-GHJ1", "BCDF-GHJ\u0130"})
  void refuses_anything_else(String text) {
    assertThatThrownBy(() -> UserCode.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void makes_codes_that_it_reads() {
    UserCode code = UserCode.random(new Chance());
    assertThat(UserCode.parse(code.toString())).isEqualTo(code);
    assertThat(code.toString()).matches("[B-Z]{4}-[B-Z]{4}").doesNotMatch(".*[AEIOUY].*");
  }
}
