package org.mdlibs.registry.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.registry.problem.ProblemException;

class DownloadQueryTest {
  @Test
  void asks_for_everything_of_thirty_days_unless_it_says_otherwise() {
    assertThat(DownloadQuery.of(null, null, null)).isEqualTo(new DownloadQuery(null, null, 30));
  }

  @ParameterizedTest
  @CsvSource({
    "ann, notes, ann, notes",
    "@Ann, notes, ann, notes",
    ", @ann/notes, ann, notes",
    ", ann/notes, ann, notes",
    "ann, @ann/notes, ann, notes",
    "ann, , ann, "
  })
  void names_a_library_in_either_way(String scope, String library, String of, String name) {
    assertThat(DownloadQuery.of(scope, library, "7")).isEqualTo(new DownloadQuery(of, name, 7));
  }

  @ParameterizedTest
  @CsvSource({
    ", notes, 30",
    "bob, @ann/notes, 30",
    "a b, , 30",
    "ann, No, 30",
    "ann, notes, 0",
    "ann, notes, 366",
    "ann, notes, 3.5",
    "ann, notes, x",
    "ann, notes, -1",
    "ann, notes, 99999999999"
  })
  void refuses_what_it_cannot_mean(String scope, String library, String days) {
    assertThatThrownBy(() -> DownloadQuery.of(scope, library, days))
        .isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @CsvSource({"1", "365"})
  void takes_the_bounds_of_days(String days) {
    assertThat(DownloadQuery.of(null, null, days).days()).isEqualTo(Integer.parseInt(days));
  }
}
