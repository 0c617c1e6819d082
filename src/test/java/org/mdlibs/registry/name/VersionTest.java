package org.mdlibs.registry.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  private static final List<String> ASCENDING =
      List.of(
          "0.0.0-0",
          "0.0.0",
          "0.0.9",
          "0.0.10",
          "0.1.0",
          "1.0.0-0",
          "1.0.0-1",
          "1.0.0-9",
          "1.0.0-10",
          "1.0.0-10.1",
          "1.0.0--",
          "1.0.0-A",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-alpha-1",
          "1.0.0-alpha0",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "1.0.1",
          "1.10.0",
          "2.0.0",
          "10.0.0",
          "99999999999999999999999999.0.0");

  @Test
  void orders_by_precedence() {
    List<Version> shuffled = new ArrayList<>(ASCENDING.stream().map(Version::parse).toList());
    Collections.shuffle(shuffled, new Random(7));
    Collections.sort(shuffled);
    assertThat(shuffled).map(Version::toString).containsExactlyElementsOf(ASCENDING);
  }

  @Test
  void ignores_build_metadata_in_equality_and_keeps_it_as_written() {
    Version one = Version.parse("1.0.0-rc.1+linux.7");
    Version two = Version.parse("1.0.0-rc.1+mac");
    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two).isEqualByComparingTo(two);
    assertThat(one.key()).isEqualTo("1.0.0-rc.1");
    assertThat(one).hasToString("1.0.0-rc.1+linux.7");
  }

  @Test
  void knows_a_prerelease() {
    assertThat(Version.parse("1.0.0-x").isPrerelease()).isTrue();
    assertThat(Version.parse("1.0.0+x-y").isPrerelease()).isFalse();
  }

  @Test
  void keeps_the_precedence_of_the_longest_version_within_its_column() {
    String longest = "1.0.0-" + "a.".repeat(21) + "bc";
    assertThat(longest).hasSize(Version.MAX_LENGTH);
    assertThat(Version.parse(longest).precedence()).hasSizeLessThanOrEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.0",
        "v1.0.0",
        "01.0.0",
        "1.0.0-",
        "1.0.0-01",
        "1.0.0-a..b",
        "1.0.0+",
        "1.0.0+a+b",
        " 1.0.0",
        "1.0.0\n",
        "latest",
        "1.0.0-ä",
        "１.0.0",
        "1.0.0-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void refuses_what_is_no_semantic_version(String text) {
    assertThatThrownBy(() -> Version.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
