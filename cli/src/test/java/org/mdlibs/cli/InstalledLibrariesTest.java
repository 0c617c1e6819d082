package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.Run.Outcome;

/** uninstall, outdated, update and verify, and what an interrupted run leaves to the next one. */
final class InstalledLibrariesTest {
  private final LoopbackServer server = new LoopbackServer();
  @TempDir private Path temporary;
  private Run run;
  private FakeLibrary notes;

  @BeforeEach
  void install() throws IOException {
    run = new Run(temporary).with("MDLIBS_REGISTRY_URL", server.url());
    notes = new FakeLibrary(server, "ann", "notes").version("1.0.0");
    new FakeLibrary(server, "bob", "guides").version("2.0.0");
    assertThat(run.mdlibs("install", "@ann/notes@^1.0.0", "@bob/guides").exitCode()).isZero();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String installed() throws IOException {
    return run.read("libraries/@ann/notes/docs/README.md").strip();
  }

  @Test
  void uninstall_removes_the_library_its_dependency_and_its_place_in_the_lock() throws IOException {
    Outcome outcome = run.mdlibs("uninstall", "@ann/notes");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).isEqualTo("removed @ann/notes\n");
    assertThat(run.read(".mdlibs.toml")).doesNotContain("notes").contains("@bob/guides");
    assertThat(run.read("mdlibs.lock")).doesNotContain("notes").contains("@bob/guides");
    assertThat(run.project.resolve("libraries/@ann")).doesNotExist();
    assertThat(run.project.resolve("libraries/@bob/guides/docs/README.md")).exists();
    assertThat(run.mdlibs("install", "--frozen").exitCode()).isZero();
  }

  @Test
  void uninstall_removes_all_or_nothing() throws IOException {
    Outcome outcome = run.mdlibs("uninstall", "@ann/notes", "@zoe/none");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(outcome.err()).contains("@zoe/none is not installed here");
    assertThat(installed()).isEqualTo("# Version 1.0.0");
    assertThat(run.read("mdlibs.lock")).contains("@ann/notes");
  }

  @Test
  void uninstall_leaves_alone_what_it_did_not_install() throws IOException {
    Installer.delete(run.project.resolve("libraries/@ann/notes"));
    run.write("libraries/@ann/notes/mine.md", "# Mine");
    assertThat(run.mdlibs("uninstall", "@ann/notes").exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.read("libraries/@ann/notes/mine.md")).isEqualTo("# Mine");
    assertThat(run.read("mdlibs.lock")).contains("@ann/notes");
  }

  @Test
  void uninstall_tells_as_json_what_is_gone() {
    assertThat(run.mdlibs("uninstall", "@bob/guides", "@ann/notes", "--json").out())
        .isEqualTo("{\n  \"removed\": [\n    \"@ann/notes\",\n    \"@bob/guides\"\n  ]\n}\n");
  }

  @Test
  void outdated_shows_what_the_range_allows_and_what_is_newest() {
    assertThat(run.mdlibs("outdated").out()).isEqualTo("Nothing is outdated.\n");
    notes.version("1.4.0").version("2.0.0").version("3.0.0-rc.1").yanked("1.9.0");
    List<String> lines =
        run.mdlibs("outdated").out().lines().map(l -> l.replaceAll(" +", " ")).toList();
    assertThat(lines)
        .containsExactly(
            "LIBRARY CURRENT WANTED LATEST RANGE", "@ann/notes 1.0.0 1.4.0 2.0.0 ^1.0.0");
    assertThat(run.mdlibs("outdated", "--all").out()).contains("@bob/guides");
    assertThat(run.mdlibs("outdated", "--json").out())
        .contains("\"current\": \"1.0.0\"", "\"wanted\": \"1.4.0\"", "\"latest\": \"2.0.0\"");
  }

  @Test
  void update_stays_within_the_range_and_changes_the_lock_alone() throws IOException {
    notes.version("1.4.0").version("2.0.0");
    String manifest = run.read(".mdlibs.toml");
    Outcome outcome = run.mdlibs("update");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .isEqualTo("updated @ann/notes@1.4.0 from 1.0.0\nnewest already @bob/guides@2.0.0\n");
    assertThat(installed()).isEqualTo("# Version 1.4.0");
    assertThat(run.read("mdlibs.lock")).contains("version = \"1.4.0\"");
    assertThat(run.read(".mdlibs.toml")).isEqualTo(manifest);
  }

  @Test
  void update_takes_the_named_ones_alone() throws IOException {
    notes.version("1.4.0");
    assertThat(run.mdlibs("update", "@bob/guides").out()).doesNotContain("notes");
    assertThat(installed()).isEqualTo("# Version 1.0.0");
    assertThat(run.mdlibs("update", "@zoe/none").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(run.mdlibs("update", "@ann/notes", "--json").out())
        .contains("\"from\": \"1.0.0\"", "\"version\": \"1.4.0\"", "\"updated\": true");
  }

  @Test
  void update_never_goes_back_from_a_version_that_was_yanked_since() throws IOException {
    notes.version("1.4.0");
    run.mdlibs("update");
    server.on(
        "GET /api/v1/libraries/ann/notes/versions?per_page=100&page=1",
        LoopbackServer.Given.json(
            200,
            "{\"versions\":[{\"version\":\"1.0.0\"},{\"version\":\"1.4.0\",\"yanked\":true}],"
                + "\"total\":2,\"page\":1,\"per_page\":100}"));
    assertThat(run.mdlibs("update").out()).contains("newest already @ann/notes@1.4.0");
    assertThat(installed()).isEqualTo("# Version 1.4.0");
    server.on(
        "GET /api/v1/libraries/ann/notes/versions?per_page=100&page=1",
        LoopbackServer.Given.json(
            200,
            "{\"versions\":[{\"version\":\"1.4.0\",\"yanked\":true}],"
                + "\"total\":1,\"page\":1,\"per_page\":100}"));
    assertThat(run.mdlibs("update").out()).contains("newest already @ann/notes@1.4.0");
  }

  @Test
  void verify_finds_nothing_in_what_was_just_installed() {
    Outcome outcome = run.mdlibs("verify");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).isEqualTo("ok: 2 libraries are what the lock says\n");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void verify_finds_what_was_changed_removed_and_added() throws IOException {
    run.write("libraries/@ann/notes/docs/README.md", "# Version 1.0.1\n");
    run.write("libraries/@ann/notes/docs/evil.md", "# Evil");
    Files.delete(run.project.resolve("libraries/@bob/guides/docs/README.md"));
    Outcome outcome = run.mdlibs("verify");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTEGRITY);
    assertThat(outcome.out())
        .isEqualTo(
            """
            changed @ann/notes docs/README.md
            added @ann/notes docs/evil.md
            missing @bob/guides docs/README.md
            """);
    assertThat(outcome.err()).startsWith("error: ").contains("\nhint: ");
    assertThat(run.mdlibs("verify", "--json").out()).contains("\"finding\": \"changed\"");
  }

  @Test
  void verify_finds_a_library_that_nobody_installed() throws IOException {
    run.write("libraries/@bob/planted/docs/x.md", "# Planted");
    Outcome outcome = run.mdlibs("verify");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTEGRITY);
    assertThat(outcome.out()).isEqualTo("added @bob/planted\n");
  }

  @Test
  void install_takes_away_what_is_no_dependency_any_more() throws IOException {
    run.write(".mdlibs.toml", "[dependencies]\n\"@ann/notes\" = \"^1\"\n");
    assertThat(run.mdlibs("install").exitCode()).isZero();
    assertThat(run.project.resolve("libraries/@bob/guides")).doesNotExist();
    assertThat(run.read("mdlibs.lock")).contains("@ann/notes").doesNotContain("@bob/guides");
    run.write(".mdlibs.toml", "");
    assertThat(run.mdlibs("install", "--frozen").exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.mdlibs("install").exitCode()).isZero();
    assertThat(run.project.resolve("libraries/@ann/notes")).doesNotExist();
  }

  @Test
  void verify_finds_a_link_in_place_of_a_file_of_the_same_content() throws IOException {
    Path file = run.project.resolve("libraries/@ann/notes/docs/README.md");
    Path copy = Files.copy(file, temporary.resolve("copy.md"));
    Files.delete(file);
    Files.createSymbolicLink(file, copy);
    assertThat(run.mdlibs("verify").out()).isEqualTo("changed @ann/notes docs/README.md\n");
  }

  @Test
  void verify_finds_whole_libraries_that_are_missing_or_in_no_lock() throws IOException {
    Installer.delete(run.project.resolve("libraries/@bob"));
    run.write("mdlibs.lock", run.read("mdlibs.lock").replace("@ann/notes", "@ann/other"));
    assertThat(run.mdlibs("verify", "--offline").out())
        .isEqualTo("missing @ann/other\nmissing @bob/guides\nadded @ann/notes\n");
  }

  @Test
  void verify_does_not_believe_what_the_folder_says_of_itself() throws IOException {
    run.mdlibs("install", "@ann/notes@1.0.0");
    String lock = run.read("mdlibs.lock");
    notes.version("1.4.0");
    run.mdlibs("update", "@ann/notes");
    run.mdlibs("install", "@ann/notes@1.4.0");
    run.write("mdlibs.lock", lock);
    assertThat(run.mdlibs("verify").exitCode()).isEqualTo(ExitCode.INTEGRITY);
  }

  @Test
  void verify_fetches_an_archive_that_is_not_cached_and_offline_says_so() throws IOException {
    Installer.delete(run.home.resolve(".cache"));
    assertThat(run.mdlibs("verify", "--offline").exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(run.mdlibs("verify").exitCode()).isZero();
  }

  @Test
  void what_was_made_ready_but_not_decided_is_taken_back() throws IOException {
    run.write("libraries/.mdlibs-staging/new/@ann/notes/docs/README.md", "# Half");
    run.write("libraries/.mdlibs-staging/mdlibs.lock", "half");
    run.write(".mdlibs-123.tmp", "half");
    assertThat(run.mdlibs("install", "--frozen").exitCode()).isZero();
    assertThat(installed()).isEqualTo("# Version 1.0.0");
    assertThat(run.project.resolve("libraries/.mdlibs-staging")).doesNotExist();
    assertThat(run.project.resolve(".mdlibs-123.tmp")).doesNotExist();
  }

  @Test
  void what_was_decided_is_brought_to_its_end() throws IOException {
    Path staged = run.project.resolve("libraries/.mdlibs-staging/new/@ann/notes");
    notes.version("1.4.0");
    var other = new Run(Files.createDirectories(temporary.resolve("other")));
    other.with("MDLIBS_REGISTRY_URL", server.url());
    other.mdlibs("install", "@ann/notes@1.4.0", "@bob/guides");
    Files.createDirectories(staged.getParent());
    Files.move(other.project.resolve("libraries/@ann/notes"), staged);
    run.write("libraries/.mdlibs-staging/mdlibs.lock", other.read("mdlibs.lock"));
    run.write("libraries/.mdlibs-staging/commit.toml", "install = [\"@ann/notes\"]\nremove = []\n");
    // The old one was put aside already when the run was killed.
    Path old = run.project.resolve("libraries/.mdlibs-staging/old/@ann/notes");
    Files.createDirectories(old.getParent());
    Files.move(run.project.resolve("libraries/@ann/notes"), old);
    assertThat(run.mdlibs("verify").out()).startsWith("ok: 2 libraries");
    assertThat(installed()).isEqualTo("# Version 1.4.0");
    assertThat(run.read("mdlibs.lock")).isEqualTo(other.read("mdlibs.lock"));
    assertThat(run.project.resolve("libraries/.mdlibs-staging")).doesNotExist();
  }

  @Test
  void a_foreign_list_of_changes_leads_nowhere_else() throws IOException {
    run.write("libraries/.mdlibs-staging/commit.toml", "install = []\nremove = [\"@a/../../x\"]\n");
    Outcome outcome = run.mdlibs("verify");
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.err()).startsWith("error: ");
  }

  @Test
  void installs_at_the_same_time_in_one_project_lose_nothing() throws Exception {
    int count = 6;
    var threads = Executors.newFixedThreadPool(count);
    try {
      var tasks = new ArrayList<Callable<Outcome>>();
      for (int i = 0; i < count; i++) {
        String name = "lib-" + i;
        new FakeLibrary(server, "zoe", name).version("1.0.0");
        tasks.add(() -> run.mdlibs("install", "@zoe/" + name));
      }
      for (Future<Outcome> outcome : threads.invokeAll(tasks)) {
        assertThat(outcome.get().exitCode()).as(outcome.get().err()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(run.read("mdlibs.lock").lines().filter(l -> l.contains("@zoe/"))).hasSize(count);
    assertThat(run.read(".mdlibs.toml").lines().filter(l -> l.contains("@zoe/"))).hasSize(count);
    assertThat(run.mdlibs("verify").exitCode()).isZero();
  }
}
