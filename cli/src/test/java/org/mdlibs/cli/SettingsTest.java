package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.cli.Credentials.Credential;
import org.mdlibs.cli.Credentials.Kind;
import org.mdlibs.cli.Registry.Source;

final class SettingsTest {
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void folders() throws IOException {
    run = new Run(temporary);
  }

  private Settings settings(String registry) {
    return new Settings(run.session(), new Settings.Flags(registry, null, null));
  }

  private Settings settings() {
    return settings(null);
  }

  private void user(String toml) throws IOException {
    Path folder = Files.createDirectories(run.home.resolve(".config/mdlibs"));
    Files.writeString(folder.resolve("config.toml"), toml);
  }

  private void project(String toml) throws IOException {
    run.write(".mdlibs.toml", toml);
  }

  @Test
  void the_stronger_setting_wins() throws IOException {
    assertThat(settings().registry()).hasToString("http://localhost:8080");
    user("[[registry]]\nname = 'u'\nurl = 'https://user.example'\n");
    assertThat(settings().registry()).hasToString("https://user.example");
    project("[[registry]]\nname = 'p'\nurl = 'https://project.example'\n");
    assertThat(settings().registry()).hasToString("https://project.example");
    run.with("MDLIBS_REGISTRY_URL", "https://variable.example");
    assertThat(settings().registry()).hasToString("https://variable.example");
    assertThat(settings("u").registry()).hasToString("https://user.example");
    assertThat(settings("https://flag.example").registry()).hasToString("https://flag.example");
  }

  @Test
  void the_first_registry_is_the_default_unless_another_is_named() throws IOException {
    String two =
        """
        [[registry]]
        name = 'a'
        url = 'https://a.example'
        [[registry]]
        name = 'b'
        url = 'https://b.example'
        """;
    user(two);
    assertThat(settings().registry().name()).isEqualTo("a");
    user("default_registry = 'b'\n" + two);
    assertThat(settings().registry().name()).isEqualTo("b");
  }

  @Test
  void xdg_config_home_is_honoured() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("xdg/mdlibs"));
    Files.writeString(
        folder.resolve("config.toml"), "[[registry]]\nname = 'x'\nurl = 'https://x.example'\n");
    run.with("XDG_CONFIG_HOME", temporary.resolve("xdg").toString());
    assertThat(settings().registry().name()).isEqualTo("x");
  }

  @Test
  void timeouts_and_the_certificate_check_have_the_same_precedence() throws IOException {
    assertThat(settings().timeout()).isEqualTo(Duration.ofSeconds(30));
    user("timeout = 40\ninsecure = true\n");
    assertThat(settings().timeout()).isEqualTo(Duration.ofSeconds(40));
    assertThat(settings().insecure()).isTrue();
    project("timeout = 50\n");
    assertThat(settings().timeout()).isEqualTo(Duration.ofSeconds(50));
    run.with("MDLIBS_TIMEOUT", "60").with("MDLIBS_INSECURE", "false");
    assertThat(settings().timeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings().insecure()).isFalse();
    var flags = new Settings(run.session(), new Settings.Flags(null, 70, true));
    assertThat(flags.timeout()).isEqualTo(Duration.ofSeconds(70));
    assertThat(flags.insecure()).isTrue();
  }

  @Test
  void a_project_cannot_turn_off_the_certificate_check() throws IOException {
    project("insecure = true\n");
    assertThat(settings().insecure()).isFalse();
  }

  @Test
  void the_variable_token_goes_to_the_registry_that_the_user_named() throws IOException {
    run.with("MDLIBS_TOKEN", "secret");
    assertThat(settings().token(settings().registry())).contains("secret");
    user("[[registry]]\nname = 'u'\nurl = 'https://user.example'\n");
    assertThat(settings().token(settings().registry())).contains("secret");
    assertThat(settings("https://flag.example").token(settings("https://flag.example").registry()))
        .contains("secret");
  }

  @Test
  void a_project_cannot_draw_the_variable_token_to_its_own_address() throws IOException {
    run.with("MDLIBS_TOKEN", "secret");
    project("[[registry]]\nname = 'p'\nurl = 'https://evil.example'\n");
    assertThat(settings().token(settings().registry())).isEmpty();
    assertThat(settings("p").token(settings("p").registry())).isEmpty();
    run.with("MDLIBS_REGISTRY_URL", "https://EVIL.example:443/");
    assertThat(settings().token(settings("p").registry())).contains("secret");
  }

  @Test
  void the_variable_token_belongs_to_the_variable_registry_alone() throws IOException {
    run.with("MDLIBS_TOKEN", "secret").with("MDLIBS_REGISTRY_URL", "https://one.example");
    assertThat(settings().token(settings().registry())).contains("secret");
    Registry other = settings("https://two.example").registry();
    assertThat(settings().token(other)).isEmpty();
  }

  @Test
  void a_stored_token_is_found_by_address_and_not_by_name() throws IOException {
    Registry registry = Registry.of("main", "https://one.example/", Source.USER);
    new Credentials(run.session())
        .store(registry, new Credential("ann", "stored", Kind.API, "7", List.of(), null));
    assertThat(settings().token(Registry.of("x", "HTTPS://ONE.example:443", Source.PROJECT)))
        .contains("stored");
    assertThat(settings().token(Registry.of("main", "https://two.example", Source.USER))).isEmpty();
    assertThat(settings().token(Registry.of("main", "http://one.example", Source.USER))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry.example",
        "ftp://x.example",
        "https://",
        "https://ann:pw@x.example",
        "https://x/?a",
        "https://x/#a",
        "file:///etc",
        "https://x y"
      })
  void refuses_what_is_no_address_of_a_registry(String url) {
    assertThatThrownBy(() -> Registry.of("x", url, Source.FLAG))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, false",
    "http://127.0.0.1, false",
    "http://[::1]:80, false",
    "https://x.example, false",
    "http://x.example, true",
    "http://127.0.0.1.evil.example, true"
  })
  void knows_where_a_password_could_be_read_on_the_way(String url, boolean eavesdroppable) {
    assertThat(Registry.of("x", url, Source.FLAG).isEavesdroppable()).isEqualTo(eavesdroppable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "3601", "1.5"})
  void refuses_a_timeout_that_is_none(String value) {
    run.with("MDLIBS_TIMEOUT", value);
    assertThatThrownBy(() -> settings().timeout())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("MDLIBS_TIMEOUT");
  }

  @Test
  void a_broken_file_is_told_with_its_place() throws IOException {
    project("[library]\nname = \n");
    assertThat(run.mdlibs("whoami"))
        .satisfies(
            o -> assertThat(o.exitCode()).isEqualTo(ExitCode.FAILED),
            o -> assertThat(o.err()).contains(".mdlibs.toml, line 2").contains("hint:"));
  }
}
