package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferenceTest {
  @Test
  void reads_a_library_with_and_without_a_range() {
    assertThat(Reference.parseWanted("@jane.doe/notes@^1.2"))
        .isEqualTo(new Reference.Wanted(Reference.parse("@jane.doe/notes"), "^1.2"));
    assertThat(Reference.parseWanted("@ann/notes").range()).isNull();
    assertThat(Reference.parse("@Ann/notes")).hasToString("@ann/notes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann/notes",
        "@ann",
        "@ann/",
        "@/notes",
        "@ann/../x",
        "@ann/NOTES",
        "@ann/a/b",
        ""
      })
  void refuses_what_is_no_reference(String text) {
    assertThatThrownBy(() -> Reference.parse(text))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }
}
