package org.mdlibs.registry.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.registry.problem.ProblemException;

class PagingTest {
  @Test
  void begins_with_twenty_rows() {
    assertThat(Paging.parse(null, null)).isEqualTo(new Paging(1, 20));
  }

  @Test
  void reaches_row_ten_thousand() {
    assertThat(Paging.parse("100", "100").offset()).isEqualTo(9_900);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 20",
    "-1, 20",
    "1, 0",
    "1, 101",
    "101, 100",
    "10001, 1",
    "a, 20",
    "1, ''",
    "1.5, 20",
    "99999999999, 1",
    "'1 ', 20",
    "+1, 20",
    "٣, 20"
  })
  void refuses_pages_that_do_not_exist(String page, String perPage) {
    assertThatThrownBy(() -> Paging.parse(page, perPage)).isInstanceOf(ProblemException.class);
  }
}
