package org.mdlibs.registry.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionTest {
  @Test
  void drops_the_white_space_around_it() {
    assertThat(Description.parse(" Notes, 笔记 & ملاحظات 📚\n"))
        .hasToString("Notes, 笔记 & ملاحظات 📚");
    assertThat(Description.parse("  ")).hasToString("");
  }

  @Test
  void counts_characters_not_their_halves() {
    assertThat(Description.parse("📚".repeat(1_000)).value()).hasSize(2_000);
    assertThatThrownBy(() -> Description.parse("📚".repeat(1_001)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1,000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\tb", "a\u0000b", "a\u007fb", "a\u0085b", "a\u001b[31mb"})
  void refuses_control_characters(String text) {
    assertThatThrownBy(() -> Description.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuses_half_a_character() {
    assertThatThrownBy(() -> Description.parse("a\ud83db"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
