package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

final class SimilarTest {
  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource({
    "install, install, 0",
    "instal, install, 1",
    "isntall, install, 1",
    "publihs, publish, 1",
    "serach, search, 1",
    "abc, xyz, 3",
    "'', abc, 3",
  })
  void counts_letters_to_be_changed(String one, String other, int distance) {
    assertThat(Similar.distance(one, other)).isEqualTo(distance);
    assertThat(Similar.distance(other, one)).isEqualTo(distance);
  }

  @Test
  void names_the_nearest_first() {
    assertThat(Similar.names("list", List.of("lost", "init", "lists", "list", "install")))
        .containsExactly("lost", "lists");
  }

  @ParameterizedTest
  @CsvSource({
    "serach kube, Did you mean mdlibs search?",
    "instal, Did you mean mdlibs install?",
    "registry ad, Did you mean mdlibs registry add?",
    "search x --tga y, Did you mean --tag?",
    "publish --dryrun, Did you mean --dry-run?",
    "team --nonsense, See: mdlibs team --help",
    "zzzzzz, See: mdlibs --help",
  })
  void a_misspelled_command_or_option_is_guessed(String line, String hint) throws IOException {
    Outcome outcome = new Run(temporary).mdlibs(line.split(" ", -1));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err().lines()).hasSize(2).last().isEqualTo("hint: " + hint);
  }

  @Test
  void a_misspelled_registry_is_guessed() throws IOException {
    var run = new Run(temporary);
    run.mdlibs("registry", "add", "work", "https://work.example");
    assertThat(run.mdlibs("search", "x", "--registry", "wrok").err())
        .contains("Did you mean work?");
  }

  @Test
  void a_misspelled_library_is_guessed_from_its_scope_and_its_name() throws IOException {
    try (var server = new LoopbackServer()) {
      var run = new Run(temporary).with("MDLIBS_REGISTRY_URL", server.url());
      Given missing = Given.json(404, "{\"code\":\"LIBRARY_NOT_FOUND\",\"title\":\"No library\"}");
      server.on("GET /api/v1/libraries/ann/ntoes", missing);
      server.on("GET /api/v1/libraries/ann/ntoes/latest", missing);
      server.on(
          "GET /api/v1/libraries?scope=ann&per_page=100",
          Given.json(
              200,
              "{\"libraries\":[{\"scope\":\"ann\",\"name\":\"notes\"},{\"scope\":\"ann\",\"name\":\"rules\"}]}"));
      server.on(
          "GET /api/v1/libraries?q=ntoes&per_page=20",
          Given.json(200, "{\"libraries\":[{\"scope\":\"bob\",\"name\":\"ntoes\"}]}"));
      for (String command : new String[] {"info", "install"}) {
        Outcome outcome = run.mdlibs(command, "@ann/ntoes");
        assertThat(outcome.exitCode()).as(command).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(outcome.err())
            .as(command)
            .contains("hint: Did you mean @ann/notes or @bob/ntoes?\n");
      }
      server.on("GET /api/v1/libraries?scope=ann&per_page=100", Given.json(500, "{}"));
      assertThat(run.mdlibs("info", "@ann/ntoes").err()).contains("hint: Check the spelling");
    }
  }
}
