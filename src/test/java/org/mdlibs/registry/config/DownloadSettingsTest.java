package org.mdlibs.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.registry.config.DownloadSettings.Addresses;

class DownloadSettingsTest {
  private static Settings settings(Map<String, String> values) {
    return new Settings(key -> Optional.ofNullable(values.get(key)));
  }

  @Test
  void keeps_ninety_days_and_no_address_unless_it_is_configured() {
    assertThat(DownloadSettings.read(settings(Map.of())))
        .isEqualTo(new DownloadSettings(90, Addresses.NONE));
  }

  @Test
  void can_keep_nothing_or_everything() {
    assertThat(
            DownloadSettings.read(settings(Map.of("mdlibs.download.event.days", "0")))
                .keepsEvents())
        .isFalse();
    assertThat(
            DownloadSettings.read(settings(Map.of("mdlibs.download.event.addresses", "full")))
                .addresses())
        .isEqualTo(Addresses.FULL);
  }

  @ParameterizedTest
  @CsvSource({
    "mdlibs.download.event.days, -1",
    "mdlibs.download.event.days, 3651",
    "mdlibs.download.event.days, all",
    "mdlibs.download.event.addresses, some"
  })
  void refuses_nonsense(String key, String value) {
    Settings settings = settings(Map.of(key, value));
    DownloadSettings.read(settings);
    assertThat(settings.faults()).hasSize(1);
    assertThat(settings.faults().get(0)).startsWith(Settings.variable(key)).contains(value);
  }
}
