package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryCommandTest {
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void folders() throws IOException {
    run = new Run(temporary);
  }

  private Path config() {
    return run.home.resolve(".config/mdlibs/config.toml");
  }

  @Test
  void the_first_registry_added_is_the_default_until_another_is_chosen() {
    assertThat(run.mdlibs("registry", "list").out()).contains("http://localhost:8080", "built in");
    run.mdlibs("registry", "add", "work", "https://work.example/");
    run.mdlibs("registry", "add", "home", "https://home.example");
    assertThat(run.mdlibs("registry", "list").out()).containsPattern("\\* +work +https://work");
    assertThat(run.mdlibs("registry", "set-default", "home").exitCode()).isZero();
    assertThat(run.mdlibs("registry", "list").out()).containsPattern("\\* +home +https://home");
    assertThat(run.mdlibs("registry", "remove", "home").exitCode()).isZero();
    assertThat(run.mdlibs("registry", "list").out()).containsPattern("\\* +work +https://work");
  }

  @Test
  void forgets_the_token_of_the_users_registry_whatever_the_project_calls_so() throws IOException {
    run.mdlibs("registry", "add", "work", "http://127.0.0.1:1");
    Path credentials = run.home.resolve(".config/mdlibs/credentials.toml");
    Files.writeString(
        credentials, "[\"http://127.0.0.1:1\"]\ntoken = \"mdl_x\"\nusername = \"ann\"\n");
    run.write(".mdlibs.toml", "[[registry]]\nname = \"work\"\nurl = \"https://other.example\"\n");
    run.mdlibs("registry", "remove", "work");
    assertThat(credentials).content().doesNotContain("mdl_x");
  }

  @Test
  void keeps_the_users_comments() throws IOException {
    Files.createDirectories(config().getParent());
    Files.writeString(config(), "# mine\ntimeout = 60 # slow line\n");
    run.mdlibs("registry", "add", "work", "https://work.example");
    run.mdlibs("registry", "remove", "work");
    run.mdlibs("registry", "add", "work", "https://work.example");
    run.mdlibs("registry", "set-default", "work");
    assertThat(Files.readString(config()))
        .startsWith("# mine\ntimeout = 60 # slow line\n")
        .contains("default_registry = \"work\"", "[[registry]]\nname = \"work\"");
    assertThat(run.mdlibs("registry", "list", "--json").out()).contains("\"default\": true");
  }

  @Test
  void refuses_wrong_names_twice_the_same_and_unknown_ones() {
    assertThat(run.mdlibs("registry", "add", "a b", "https://x.example").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(run.mdlibs("registry", "add", "a", "x.example").exitCode())
        .isEqualTo(ExitCode.USAGE);
    run.mdlibs("registry", "add", "a", "https://x.example");
    assertThat(run.mdlibs("registry", "add", "a", "https://y.example").exitCode())
        .isEqualTo(ExitCode.FAILED);
    assertThat(run.mdlibs("registry", "remove", "b").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(run.mdlibs("registry", "set-default", "b").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(run.mdlibs("search", "x", "--registry", "b").exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
