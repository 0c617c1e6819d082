package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

/** Yanking and deleting a version, and a library that moved. */
final class VersionCommandTest {
  private static final String NOTES = "/api/v1/libraries/ann/notes";
  private static final String MOVED = "/api/v1/libraries/platform/notes";

  private final LoopbackServer server = new LoopbackServer();
  private final LoopbackServer other = new LoopbackServer();
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void logged_in() throws IOException {
    run =
        new Run(temporary)
            .with("MDLIBS_REGISTRY_URL", server.url())
            .with("MDLIBS_TOKEN", "mdl_mine");
  }

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  private static Given permanently(String location) {
    return new Given(308, Map.of("Location", location), new byte[0]);
  }

  @Test
  void yank_and_unyank_send_their_request() {
    server.on("PUT " + NOTES + "/1.2.0/yank", Given.json(204, ""));
    server.on("DELETE " + NOTES + "/1.2.0/yank", Given.json(204, ""));
    assertThat(run.mdlibs("yank", "@ann/notes@1.2.0").out()).startsWith("Yanked @ann/notes@1.2.0");
    assertThat(run.mdlibs("unyank", "@ann/notes@1.2.0").out())
        .startsWith("Unyanked @ann/notes@1.2.0");
    assertThat(run.mdlibs("yank", "@ann/notes@1.2.0", "--json").out())
        .contains("\"reference\": \"@ann/notes@1.2.0\"", "\"yanked\": true");
    assertThat(run.mdlibs("unyank", "@ann/notes@1.2.0", "--json").out())
        .contains("\"yanked\": false");
    assertThat(server.seen().get(0).authorization()).contains("Bearer mdl_mine");
  }

  @Test
  void delete_asks_a_person_or_takes_yes() {
    server.on("DELETE " + NOTES + "/1.2.0-rc.1", Given.json(204, ""));
    Outcome silent = run.input("y\n").mdlibs("delete", "@ann/notes@1.2.0-rc.1");
    assertThat(silent.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(server.seen()).isEmpty();
    assertThat(run.mdlibs("delete", "@ann/notes@1.2.0-rc.1", "--yes").out())
        .startsWith("Deleted @ann/notes@1.2.0-rc.1");
    assertThat(run.mdlibs("delete", "@ann/notes@1.2.0-rc.1", "--yes", "--json").out())
        .contains("\"deleted\": true");
  }

  @Test
  void takes_exact_versions_alone() {
    for (String command : new String[] {"yank", "unyank", "delete"}) {
      for (String wrong :
          new String[] {"@ann/notes", "@ann/notes@latest", "@ann/notes@^1", "notes@1.0.0"}) {
        assertThat(run.mdlibs(command, wrong).exitCode())
            .as(command + " " + wrong)
            .isEqualTo(ExitCode.USAGE);
      }
    }
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void refusals_end_in_their_exit_codes() {
    String line = "DELETE " + NOTES + "/1.0.0";
    assertThat(run.mdlibs("delete", "@ann/notes@1.0.0", "--yes").exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
    server.on(line, Given.json(410, "{\"code\":\"VERSION_DELETED\"}"));
    assertThat(run.mdlibs("delete", "@ann/notes@1.0.0", "--yes").exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
    server.on(line, Given.json(403, "{\"code\":\"FORBIDDEN\",\"detail\":\"x\\u001b[31m\"}"));
    Outcome denied = run.mdlibs("delete", "@ann/notes@1.0.0", "--yes");
    assertThat(denied.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(denied.err()).doesNotContain("\u001b");
    assertThat(run.with("MDLIBS_TOKEN", "").mdlibs("yank", "@ann/notes@1.0.0").exitCode())
        .isEqualTo(ExitCode.DENIED);
  }

  @Test
  void follows_a_library_that_moved_and_tells_it_once() {
    new FakeLibrary(server, "platform", "notes").version("1.0.0");
    for (String rest :
        new String[] {"/versions?per_page=100&page=1", "/1.0.0", "/1.0.0/download"}) {
      server.on("GET " + NOTES + rest, permanently(MOVED + rest));
    }
    Outcome outcome = run.mdlibs("install", "@ann/notes@^1");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err().lines()).containsExactly("@ann/notes moved to @platform/notes");
    assertThat(outcome.out()).contains("installed @ann/notes@1.0.0");
    assertThat(server.seen())
        .allSatisfy(seen -> assertThat(seen.authorization()).contains("Bearer mdl_mine"));
  }

  @Test
  void repeats_a_yank_and_a_deletion_where_the_library_is_now() {
    server.on("PUT " + NOTES + "/1.0.0/yank", permanently(MOVED + "/1.0.0/yank"));
    server.on("PUT " + MOVED + "/1.0.0/yank", Given.json(204, ""));
    server.on("DELETE " + NOTES + "/1.0.0", permanently(MOVED + "/1.0.0"));
    server.on("DELETE " + MOVED + "/1.0.0", Given.json(204, ""));
    Outcome yanked = run.mdlibs("yank", "@ann/notes@1.0.0");
    assertThat(yanked.exitCode()).isZero();
    assertThat(yanked.err()).contains("@ann/notes moved to @platform/notes");
    assertThat(run.mdlibs("delete", "@ann/notes@1.0.0", "--yes").exitCode()).isZero();
    assertThat(server.lines()).endsWith("DELETE " + MOVED + "/1.0.0");
  }

  @Test
  void follows_nothing_but_a_download_to_another_host() {
    String elsewhere = other.url() + MOVED;
    server.on("GET " + NOTES, permanently(elsewhere));
    server.on("PUT " + NOTES + "/1.0.0/yank", permanently(elsewhere + "/1.0.0/yank"));
    server.on("DELETE " + NOTES + "/1.0.0", permanently(elsewhere + "/1.0.0"));
    for (String[] line :
        new String[][] {
          {"info", "@ann/notes"},
          {"yank", "@ann/notes@1.0.0"},
          {"delete", "@ann/notes@1.0.0", "--yes"}
        }) {
      Outcome outcome = run.mdlibs(line);
      assertThat(outcome.exitCode()).as(line[0]).isEqualTo(ExitCode.NETWORK);
      assertThat(outcome.err()).contains("redirects to another address, " + other.url());
    }
    assertThat(other.seen()).isEmpty();
  }

  @Test
  void a_hostile_location_cannot_paint_the_terminal() {
    server.on("GET " + NOTES, permanently("/api/v1/libraries/p%1b[31m/notes"));
    server.on("GET " + MOVED, permanently("/api/v1/libraries/a%1B%5B31m/notes"));
    assertThat(run.mdlibs("info", "@ann/notes").err()).doesNotContain("\u001b");
    assertThat(run.mdlibs("info", "@platform/notes").err()).doesNotContain("\u001b");
  }
}
