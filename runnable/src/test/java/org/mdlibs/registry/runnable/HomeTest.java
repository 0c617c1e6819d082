package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeTest {
  @TempDir private Path temporary;
  private final Properties properties = new Properties();

  private Path find(Map<String, String> environment) throws Refusal {
    return Home.of(EarlySettings.read(properties, environment));
  }

  @Test
  void is_a_folder_of_the_working_directory_when_nothing_is_said() throws Refusal {
    assertThat(find(Map.of())).isEqualTo(Path.of("mdlibs-data").toAbsolutePath());
    assertThat(find(Map.of("MDLIBS_HOME", " "))).isEqualTo(Path.of("mdlibs-data").toAbsolutePath());
  }

  @Test
  void is_told_by_property_then_environment_then_file() throws IOException, Refusal {
    Path file = Files.writeString(temporary.resolve("a file.properties"), "MDLIBS_HOME=/of/file\n");
    String config = file.toString();
    assertThat(find(Map.of("MDLIBS_CONFIG", config)))
        .isEqualTo(Path.of("/of/file").toAbsolutePath());
    Map<String, String> environment =
        Map.of("MDLIBS_CONFIG", config, "MDLIBS_HOME", "/of/environment");
    assertThat(find(environment)).isEqualTo(Path.of("/of/environment").toAbsolutePath());
    properties.setProperty("mdlibs.home", "/of/property");
    assertThat(find(environment)).isEqualTo(Path.of("/of/property").toAbsolutePath());
  }

  @Test
  void refuses_a_configuration_that_is_not_there() {
    String missing = temporary.resolve("missing").toString();
    assertThatThrownBy(() -> find(Map.of("MDLIBS_CONFIG", missing)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(missing);
  }
}
