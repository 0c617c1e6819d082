package org.mdlibs.registry.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"ab", "jane.doe", "a-b_c.d", "x1", "Jane.Doe"})
  void accepts_corporate_names_as_scopes(String text) {
    assertThat(Scope.parse(text).value()).isEqualTo(text.toLowerCase(java.util.Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "-ab",
        "ab-",
        "a--b",
        "a.-b",
        "a b",
        "a/b",
        "..",
        "ä1",
        "\u212A1",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void refuses_what_is_no_scope(String text) {
    assertThatThrownBy(() -> Scope.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reserves_the_names_that_the_registry_needs() {
    assertThat(Scope.parse("Admin").isReserved()).isTrue();
    assertThat(Scope.parse("ann").isReserved()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "my-docs", "0-1", "a2c"})
  void accepts_library_names(String text) {
    assertThat(LibraryName.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "My-docs", "a--b", "-abc", "abc-", "a.bc", "a_bc", "abc\n"})
  void refuses_what_is_no_library_name(String text) {
    assertThatThrownBy(() -> LibraryName.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tags_are_folded_deduplicated_and_keep_their_order() {
    Tags tags = Tags.parse(List.of(" API ", "docs", "", "api", "c_1.x-y"));
    assertThat(tags.values()).containsExactly("api", "docs", "c_1.x-y");
    assertThat(Tags.ofStored(tags.toString())).isEqualTo(tags);
    assertThat(Tags.ofStored("")).isEqualTo(Tags.NONE);
  }

  @Test
  void refuses_too_many_tags_too_long_ones_and_other_characters() {
    assertThatThrownBy(
            () ->
                Tags.parse(java.util.stream.IntStream.range(0, 21).mapToObj(i -> "t" + i).toList()))
        .hasMessageContaining("20");
    assertThatThrownBy(() -> Tags.parse(List.of("x".repeat(41)))).hasMessageContaining("40");
    assertThatThrownBy(() -> Tags.parse(List.of("two words"))).hasMessageContaining("each tag");
    assertThat(Tags.parse(Collections.nCopies(50, "same")).values()).containsExactly("same");
  }

  @ParameterizedTest
  @CsvSource({
    "MIT, MIT",
    "apache-2.0, Apache-2.0",
    "mit or Apache-2.0, MIT OR Apache-2.0",
    "(MIT AND CC-BY-4.0) OR LicenseRef-Acme, (MIT AND CC-BY-4.0) OR LicenseRef-Acme",
    "GPL-2.0-only WITH classpath-exception-2.0, GPL-2.0-only WITH Classpath-exception-2.0",
    "EPL-2.0+, EPL-2.0+"
  })
  void spells_licences_as_spdx_does(String text, String canonical) {
    assertThat(License.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "Apache 2.0",
    "MIT OR",
    "(MIT",
    "MIT)",
    "OR",
    "''",
    "MIT;",
    "MIT WITH MIT",
    "(MIT)OR(MIT)OR(MIT)OR(MIT)OR(MIT)OR(MIT)OR(MIT)"
  })
  void refuses_what_is_no_licence_expression(String text) {
    assertThatThrownBy(() -> License.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void names_the_nearest_licence() {
    assertThatThrownBy(() -> License.parse("Apache2.0")).hasMessageContaining("'Apache-2.0'");
    assertThatThrownBy(() -> License.parse("MTI")).hasMessageContaining("did you mean");
  }

  @Test
  void a_library_that_is_new_cannot_have_the_name_of_a_path() {
    assertThat(LibraryName.parse("feed").isReserved()).isTrue();
    assertThat(LibraryName.parse("feeds").isReserved()).isFalse();
  }
}
