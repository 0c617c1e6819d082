package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.name.Version;

final class RangeTest {
  private static final List<Version> VERSIONS =
      Stream.of(
              "0.2.3",
              "0.2.9",
              "0.3.0",
              "1.0.0-rc.1",
              "1.0.0",
              "1.2.0",
              "1.2.3",
              "1.2.9",
              "1.10.0",
              "2.0.0-rc.1",
              "2.0.0-rc.2",
              "99999999999.0.0")
          .map(Version::parse)
          .toList();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "^1.2, 1.10.0",
        "^1.2.3, 1.10.0",
        "~1.2.3, 1.2.9",
        "~1.2, 1.2.9",
        ">=1 <2, 1.10.0",
        ">= 1.0.0 < 1.2.3, 1.2.0",
        "1.x, 1.10.0",
        "1, 1.10.0",
        "1.2.*, 1.2.9",
        "*, 99999999999.0.0",
        "x, 99999999999.0.0",
        "^0, 0.3.0",
        "^0.x, 0.3.0",
        "<1.x, 0.3.0",
        "<=1.x, 1.10.0",
        ">1.x, 99999999999.0.0",
        "=1.2.x ~1.2.0, 1.2.9",
        "<2.x ~> 1.2, 1.2.9",
        "0.2.x - 1.2, 1.2.9",
        "^0.2.3 || <0.2, 0.2.9",
        "1.0.0 - 1.2.3, 1.2.3",
        "^0.2.3, 0.2.9",
        "^0.2 || ^1.2, 1.10.0",
        "^2.0.0-rc.1, 2.0.0-rc.2",
        "1.2.3, 1.2.3",
        "v1.2.3, 1.2.3",
        "=1.2.3, 1.2.3",
        "99999999999.0.0, 99999999999.0.0",
        "latest, 99999999999.0.0",
        "1.x.3, 1.10.0",
        "^1 ||, 99999999999.0.0",
        "\"\", 99999999999.0.0"
      })
  void picks_the_highest_version_that_npm_would(String range, String expected) {
    assertThat(Range.parse(range).best(VERSIONS)).hasToString("Optional[" + expected + "]");
  }

  @Test
  void knows_ranges_that_nothing_is_in() {
    for (String range : new String[] {"<x", ">*", "~0.3 >1", "<0.2"}) {
      assertThat(Range.parse(range).best(VERSIONS)).as(range).isEmpty();
    }
  }

  @Test
  void takes_a_prerelease_only_when_the_range_names_one_of_that_release() {
    assertThat(Range.parse(">=1.2").contains(Version.parse("2.0.0-rc.1"))).isFalse();
    assertThat(Range.parse(">=2.0.0-rc.1").contains(Version.parse("2.0.0-rc.2"))).isTrue();
    assertThat(Range.parse(">=1.0.0-rc.1").contains(Version.parse("2.0.0-rc.2"))).isFalse();
  }

  @Test
  void latest_is_a_stable_version_before_any_prerelease() {
    var some = List.of(Version.parse("1.0.0"), Version.parse("2.0.0-rc.1"));
    assertThat(Range.parse("latest").best(some)).contains(Version.parse("1.0.0"));
    assertThat(Range.parse("latest").best(some.subList(1, 2))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo",
        "^^1",
        "1.2.3.4",
        "<2.0.0 junk",
        "!1.0.0",
        "(1,2)",
        "[1.0,2.0)",
        "1.+",
        "^",
        "^01",
        "^1.2.3-01",
        "1,2",
        ">=1<2",
        "1.2.3 -",
        "../1.0.0"
      })
  void refuses_what_is_no_range(String text) {
    assertThatThrownBy(() -> Range.parse(text))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }
}
