package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScannerSettingsTest {
  private static Settings settings(Map<String, String> values) {
    return new Settings(key -> Optional.ofNullable(values.get(key)));
  }

  private static Optional<ScannerSettings> read(String clamd) {
    return ScannerSettings.read(settings(Map.of("mdlibs.clamd", clamd)));
  }

  @Test
  void is_none_unless_it_is_configured() {
    assertThat(ScannerSettings.read(settings(Map.of()))).isEmpty();
  }

  @Test
  void is_required_unless_that_is_switched_off() {
    assertThat(read("scanner.example.org:3310"))
        .contains(new ScannerSettings("scanner.example.org", 3310, true));
    assertThat(
            ScannerSettings.read(
                settings(Map.of("mdlibs.clamd", "[::1]:3310", "mdlibs.clamd.required", "false"))))
        .contains(new ScannerSettings("[::1]", 3310, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scanner",
        "scanner:",
        "scanner:0",
        "scanner:65536",
        "scanner:x",
        ":3310",
        "tcp://scanner:3310",
        "scanner:3310/",
        "me@scanner:3310",
        "scanner:3310?x",
        "scanner:3310#x",
        "a b:3310"
      })
  void refuses_what_is_no_host_and_port(String clamd) {
    Settings settings = settings(Map.of("mdlibs.clamd", clamd));
    assertThat(ScannerSettings.read(settings)).isEmpty();
    assertThat(settings.faults())
        .containsExactly("MDLIBS_CLAMD must be host:port, not '" + clamd + "'");
  }
}
