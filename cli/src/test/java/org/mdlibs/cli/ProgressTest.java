package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "12595, 12.3 KiB",
    "4194304, 4.0 MiB",
    "53687091200, 50.0 GiB",
    "9007199254740992, 8192.0 TiB"
  })
  void writes_sizes_as_people_do(long bytes, String written) {
    assertThat(Progress.size(bytes)).isEqualTo(written);
  }
}
