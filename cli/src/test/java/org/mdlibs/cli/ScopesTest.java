package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

/** Several registries in one run: each scope at its own, and each token at its own. */
final class ScopesTest {
  private final LoopbackServer main = new LoopbackServer();
  private final LoopbackServer work = new LoopbackServer();
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void two_registries() throws IOException {
    run = new Run(temporary);
    run.mdlibs("registry", "add", "main", main.url());
    run.mdlibs("registry", "add", "work", work.url(), "--scope", "@Acme");
    for (LoopbackServer server : new LoopbackServer[] {main, work}) {
      String token = server == main ? "mdl_main" : "mdl_work";
      server.on("GET /api/v1/users/me", Given.json(200, "{\"username\":\"ann\"}"));
      assertThat(run.mdlibs("login", "--registry", server.url(), "--token", token).exitCode())
          .isZero();
    }
  }

  @AfterEach
  void stop() {
    main.close();
    work.close();
  }

  private Path config() {
    return run.home.resolve(".config/mdlibs/config.toml");
  }

  private static String tokens(LoopbackServer server) {
    return server.seen().stream()
        .map(s -> s.authorization().orElse("none"))
        .distinct()
        .toList()
        .toString();
  }

  @Test
  void each_library_comes_from_the_registry_of_its_scope_with_that_registrys_token()
      throws IOException {
    new FakeLibrary(main, "ann", "notes").version("1.0.0");
    new FakeLibrary(work, "acme", "rules").version("2.0.0");
    Outcome outcome = run.mdlibs("install", "@ann/notes", "@acme/rules");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(run.read("mdlibs.lock")).contains(main.url(), work.url());
    assertThat(tokens(main)).isEqualTo("[Bearer mdl_main]");
    assertThat(tokens(work)).isEqualTo("[Bearer mdl_work]");
    assertThat(run.mdlibs("info", "@acme/rules@2.0.0").exitCode()).isZero();
    assertThat(run.mdlibs("yank", "@acme/rules@2.0.0").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(work.lines()).contains("PUT /api/v1/libraries/acme/rules/2.0.0/yank");
  }

  @Test
  void publishing_in_a_scope_goes_to_its_registry() throws IOException {
    run.write(".mdlibs.toml", "[library]\nname = \"notes\"\nversion = \"1.0.0\"\n");
    run.write("docs/README.md", "# Notes\n");
    work.on(
        "POST /api/v1/libraries",
        Given.json(
            201,
            "{\"scope\":\"acme\",\"name\":\"notes\",\"version\":\"1.0.0\",\"checksum\":\"x\"}"));
    assertThat(run.mdlibs("publish", "--scope", "acme").exitCode()).isZero();
    assertThat(main.lines()).doesNotContain("POST /api/v1/libraries");
  }

  @Test
  void the_token_of_the_variable_goes_to_the_default_registry_alone() {
    run.with("MDLIBS_TOKEN", "mdl_variable");
    new FakeLibrary(main, "ann", "notes").version("1.0.0");
    new FakeLibrary(work, "acme", "rules").version("2.0.0");
    assertThat(run.mdlibs("install", "@ann/notes", "@acme/rules").exitCode()).isZero();
    assertThat(tokens(main)).contains("mdl_variable");
    assertThat(tokens(work)).doesNotContain("mdl_variable");
  }

  @Test
  void the_option_overrules_and_a_project_cannot_put_its_own_in_the_users_place()
      throws IOException {
    new FakeLibrary(main, "acme", "rules").version("1.0.0");
    assertThat(run.mdlibs("info", "@acme/rules", "--registry", "main").exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
    assertThat(main.lines()).contains("GET /api/v1/libraries/acme/rules");
    // The project's registry of the same name is not the one that the user's entry means.
    run.write(".mdlibs.toml", "[[registry]]\nname = 'work'\nurl = '" + main.url() + "'\n");
    int before = main.seen().size();
    run.mdlibs("info", "@acme/rules");
    assertThat(main.seen()).hasSize(before);
    run.write(".mdlibs.toml", "[scopes]\nacme = 'main'\n");
    run.mdlibs("info", "@acme/rules");
    assertThat(main.seen().size()).isGreaterThan(before);
  }

  @Test
  void a_wrong_entry_is_told() throws IOException {
    for (String wrong :
        new String[] {
          "scopes = 1", "[scopes]\nacme = 1", "[scopes]\nacme = 'none'", "[scopes]\n'a/b' = 'work'"
        }) {
      run.write(".mdlibs.toml", wrong + "\n");
      Outcome outcome = run.mdlibs("info", "@acme/rules");
      assertThat(outcome.exitCode()).as(wrong).isIn(ExitCode.USAGE, ExitCode.FAILED);
      assertThat(outcome.err()).as(wrong).contains(".mdlibs.toml", "\nhint: ");
    }
    assertThat(run.mdlibs("registry", "add", "x", "https://x.example", "--scope", "a/b").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void the_list_shows_the_scopes() {
    assertThat(run.mdlibs("registry", "list").out()).containsPattern("work .*config.toml +acme");
    assertThat(run.mdlibs("registry", "list", "--json").out()).contains("\"acme\"");
  }

  @Test
  void remove_forgets_the_name_the_scopes_and_the_token_which_is_revoked() throws IOException {
    work.on("POST /api/v1/auth/logout", Given.json(204, ""));
    Outcome outcome = run.mdlibs("registry", "remove", "work");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            "Removed work\n@acme is looked for at the default registry now.\nLogged out of "
                + work.url()
                + "\n");
    assertThat(work.seen())
        .last()
        .satisfies(s -> assertThat(s.authorization()).contains("Bearer mdl_work"));
    assertThat(Files.readString(config())).doesNotContain("work", "acme", "scopes");
    assertThat(Files.readString(run.home.resolve(".config/mdlibs/credentials.toml")))
        .contains("mdl_main")
        .doesNotContain("mdl_work");
  }

  @Test
  void remove_keeps_the_token_when_told_to_or_when_another_name_leads_there() throws IOException {
    run.mdlibs("registry", "add", "other", work.url() + "/");
    run.mdlibs("registry", "remove", "work");
    run.mdlibs("registry", "remove", "other", "--keep-token");
    assertThat(work.lines()).doesNotContain("POST /api/v1/auth/logout");
    assertThat(Files.readString(run.home.resolve(".config/mdlibs/credentials.toml")))
        .contains("mdl_work");
  }

  @Test
  void remove_does_not_fail_because_the_registry_is_gone() throws IOException {
    work.close();
    Outcome outcome = run.mdlibs("registry", "remove", "work");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .contains("was forgotten here, but not revoked")
        .doesNotContain("mdl_work");
    assertThat(Files.readString(run.home.resolve(".config/mdlibs/credentials.toml")))
        .doesNotContain("mdl_work");
  }
}
