package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.runnable.Arguments.Task;

final class ArgumentsTest {
  private static Arguments parse(String... args) {
    return Arguments.parse(settings(Map.of()), args);
  }

  private static EarlySettings settings(Map<String, String> environment) {
    return new EarlySettings(new Properties(), environment, new Properties());
  }

  @Test
  void takes_the_port_of_the_settings_where_the_command_line_has_none() {
    EarlySettings settings = settings(Map.of("MDLIBS_PORT", "9090"));
    assertThat(Arguments.parse(settings, "--check").port()).isEqualTo(9090);
    assertThat(Arguments.parse(settings, "--port", "9091").port()).isEqualTo(9091);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.parse(settings(Map.of("MDLIBS_PORT", "http"))))
        .withMessage("MDLIBS_PORT must be a number from 1 to 65535, not http");
  }

  @Test
  void serves_at_port_8080_when_nothing_is_said() {
    assertThat(parse()).isEqualTo(new Arguments(Task.SERVE, 8080, false, null, null));
  }

  @Test
  void takes_the_port_in_both_spellings() {
    assertThat(parse("--port", "1").port()).isEqualTo(1);
    assertThat(parse("--port=65535").port()).isEqualTo(65_535);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "x", "", "8080 ", "99999999999"})
  void refuses_what_is_no_port(String port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--port", port))
        .withMessage("--port must be a number from 1 to 65535, not " + port);
  }

  @Test
  void refuses_a_port_that_is_left_out() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--port"))
        .withMessage("--port needs a number");
  }

  @Test
  void refuses_what_it_does_not_know() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--prot", "80"))
        .withMessage("unknown argument --prot");
  }

  @Test
  void unpacks_into_the_folder_that_follows() {
    assertThat(parse("--unpack", "there").directory()).isEqualTo(Path.of("there"));
    assertThat(parse("--unpack", "--verbose").directory()).isNull();
  }

  @Test
  void asks_the_url_that_follows_whether_it_is_well() {
    Arguments asked = parse("--health", "https://md.example.org/health");
    assertThat(asked.task()).isEqualTo(Task.HEALTH);
    assertThat(asked.health()).isEqualTo(URI.create("https://md.example.org/health"));
    assertThat(parse("--health", "--port", "9090").health()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8080", "ftp://host/", "http:///health", "localhost:8080", "h ttp://x", ""})
  void refuses_to_ask_what_is_no_url(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--health", url))
        .withMessage("--health takes an http or https URL, not " + url);
  }

  @ParameterizedTest
  @CsvSource({
    "--help,HELP",
    "-h,HELP",
    "--version,VERSION",
    "--check,CHECK",
    "--unpack,UNPACK",
    "--health,HEALTH"
  })
  void knows_its_tasks(String argument, Task task) {
    assertThat(parse(argument).task()).isEqualTo(task);
  }
}
