package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

final class InstallCommandTest {
  private final LoopbackServer server = new LoopbackServer();
  @TempDir private Path temporary;
  private Run run;
  private FakeLibrary notes;

  @BeforeEach
  void folders() throws IOException {
    run = new Run(temporary).with("MDLIBS_REGISTRY_URL", server.url());
    notes = new FakeLibrary(server, "ann", "notes").version("1.0.0").version("1.2.0");
    notes.version("2.0.0");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String installed() throws IOException {
    return run.read("libraries/@ann/notes/docs/README.md").strip();
  }

  private void assertNothingWasDone() throws IOException {
    assertThat(run.project.resolve("mdlibs.lock")).doesNotExist();
    assertThat(run.project.resolve(".mdlibs.toml")).doesNotExist();
    assertThat(run.project.resolve("libraries/@ann")).doesNotExist();
    assertNoLeftovers();
  }

  private void assertNoLeftovers() throws IOException {
    try (Stream<Path> all = Files.walk(temporary)) {
      assertThat(all.map(p -> p.getFileName().toString()))
          .noneMatch(n -> n.startsWith(".mdlibs-") && !n.equals(".mdlibs-installed.toml"))
          .noneMatch(n -> n.startsWith(".download-"));
    }
  }

  @Test
  void installs_the_latest_version_and_writes_a_caret_range_and_the_lock() throws IOException {
    Outcome outcome = run.mdlibs("install", "@ann/notes");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(installed()).isEqualTo("# Version 2.0.0");
    assertThat(run.read(".mdlibs.toml")).contains("\"@ann/notes\" = \"^2.0.0\"");
    assertThat(run.read("mdlibs.lock"))
        .contains("version = \"2.0.0\"", "registry = \"" + server.url() + "\"", "sha256:");
    assertNoLeftovers();
  }

  @Test
  void installs_an_exact_version_and_then_replaces_it() throws IOException {
    run.mdlibs("install", "@ann/notes@1.0.0");
    assertThat(installed()).isEqualTo("# Version 1.0.0");
    assertThat(run.read(".mdlibs.toml")).contains("\"@ann/notes\" = \"1.0.0\"");
    run.mdlibs("install", "@ann/notes@^1.0");
    assertThat(installed()).isEqualTo("# Version 1.2.0");
    assertThat(run.read(".mdlibs.toml")).contains("\"@ann/notes\" = \"^1.0\"");
    assertNoLeftovers();
  }

  @Test
  void refuses_a_yanked_version_that_the_lock_does_not_hold() throws IOException {
    notes.yanked("1.9.0");
    run.mdlibs("install", "@ann/notes@^1");
    assertThat(installed()).isEqualTo("# Version 1.2.0");
    Outcome outcome = run.mdlibs("install", "@ann/notes@1.9.0");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("@ann/notes@1.9.0 was yanked by its publisher", "info");
    assertThat(installed()).isEqualTo("# Version 1.2.0");
    assertThat(run.read("mdlibs.lock")).contains("version = \"1.2.0\"");
    assertThat(run.read(".mdlibs.toml")).contains("\"@ann/notes\" = \"^1\"");
  }

  @Test
  void installs_a_yanked_version_that_the_lock_holds() throws IOException {
    notes.version("1.9.0");
    run.mdlibs("install", "@ann/notes@1.9.0");
    notes.yanked("1.9.0");
    Installer.delete(run.project.resolve("libraries"));
    assertThat(run.mdlibs("install").exitCode()).isZero();
    assertThat(run.mdlibs("install", "@ann/notes@1.9.0").exitCode()).isZero();
    assertThat(installed()).isEqualTo("# Version 1.9.0");
  }

  @Test
  void installs_what_the_lock_says_without_asking_anybody() throws IOException {
    run.mdlibs("install", "@ann/notes@^1");
    int requests = server.seen().size();
    Installer.delete(run.project.resolve("libraries"));
    notes.version("1.3.0");
    Outcome outcome = run.mdlibs("install");
    assertThat(outcome.exitCode()).isZero();
    assertThat(installed()).isEqualTo("# Version 1.2.0");
    assertThat(server.seen()).hasSize(requests);
    assertThat(run.mdlibs("install").out()).contains("already installed @ann/notes@1.2.0");
  }

  @Test
  void a_second_project_installs_offline_from_the_cache() throws IOException {
    run.mdlibs("install", "@ann/notes@1.0.0");
    run.mdlibs("install", "@ann/notes@^1");
    for (String file : List.of("mdlibs.lock", ".mdlibs.toml")) {
      Files.delete(run.project.resolve(file));
    }
    Installer.delete(run.project.resolve("libraries"));
    server.close();
    Outcome outcome = run.mdlibs("install", "@ann/notes@^1.0.0", "--offline");
    assertThat(outcome.err()).isEmpty();
    assertThat(installed()).isEqualTo("# Version 1.2.0");
    Outcome unknown = run.mdlibs("install", "@ann/other", "--offline");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.NETWORK);
  }

  @Test
  void a_cached_archive_that_was_changed_is_fetched_again() throws IOException {
    run.mdlibs("install", "@ann/notes@1.0.0");
    Installer.delete(run.project.resolve("libraries"));
    try (Stream<Path> all = Files.walk(run.home.resolve(".cache/mdlibs/archives"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, "rotten");
      }
    }
    assertThat(run.mdlibs("install", "--offline").exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(run.mdlibs("install").exitCode()).isZero();
    assertThat(installed()).isEqualTo("# Version 1.0.0");
  }

  @Test
  void frozen_fails_when_the_lock_would_change_and_changes_nothing() throws IOException {
    run.mdlibs("install", "@ann/notes@1.0.0");
    assertThat(run.mdlibs("install", "--frozen").exitCode()).isZero();
    String lock = run.read("mdlibs.lock");
    run.write(".mdlibs.toml", "[dependencies]\n\"@ann/notes\" = \"^2.0.0\"\n");
    Outcome outcome = run.mdlibs("install", "--frozen");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("--frozen");
    run.write(".mdlibs.toml", "[library]\nname = \"x-y\"\n[dependencies]\n");
    assertThat(run.read("mdlibs.lock")).isEqualTo(lock);
    assertThat(installed()).isEqualTo("# Version 1.0.0");
  }

  @Test
  void frozen_fails_when_a_locked_library_is_no_dependency_any_more() throws IOException {
    new FakeLibrary(server, "bob", "guides").version("1.0.0");
    run.mdlibs("install", "@ann/notes@1.0.0", "@bob/guides");
    run.write(".mdlibs.toml", "[dependencies]\n\"@ann/notes\" = \"1.0.0\"\n");
    Outcome outcome = run.mdlibs("install", "--frozen");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("@bob/guides is no dependency any more");
    assertThat(run.mdlibs("install").exitCode()).isZero();
    assertThat(run.read("mdlibs.lock")).doesNotContain("guides");
  }

  @Test
  void refuses_bytes_that_are_not_the_promised_ones() throws IOException {
    byte[] archive = FakeLibrary.archive("a.md", "# A");
    notes.version("3.0.0", archive, "0".repeat(64), archive.length, false);
    Outcome outcome = run.mdlibs("install", "@ann/notes@3.0.0");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTEGRITY);
    assertThat(outcome.err()).contains("SHA-256");
    assertNothingWasDone();
  }

  @Test
  void refuses_more_bytes_than_were_promised() throws IOException {
    byte[] archive = FakeLibrary.archive("a.md", "# A");
    notes.version("3.0.0", archive, FakeLibrary.sha256(archive), archive.length - 1, false);
    assertThat(run.mdlibs("install", "@ann/notes@3.0.0").exitCode()).isEqualTo(ExitCode.INTEGRITY);
    assertNothingWasDone();
  }

  @Test
  void a_download_that_was_cut_off_is_a_network_failure() throws IOException {
    byte[] archive = FakeLibrary.archive("a.md", "# A");
    notes.version("3.0.0", archive, FakeLibrary.sha256(archive), archive.length + 1, false);
    assertThat(run.mdlibs("install", "@ann/notes@3.0.0").exitCode()).isEqualTo(ExitCode.NETWORK);
    assertNothingWasDone();
  }

  @Test
  void a_download_that_was_cut_off_once_is_tried_again() throws IOException {
    byte[] archive = FakeLibrary.archive("docs/README.md", "# Whole");
    notes.version("3.0.0", archive);
    server.on(
        "GET /api/v1/libraries/ann/notes/3.0.0/download",
        times -> Given.bytes(times == 0 ? Arrays.copyOf(archive, 40) : archive));
    assertThat(run.mdlibs("install", "@ann/notes@3.0.0").exitCode()).isZero();
    assertThat(installed()).isEqualTo("# Whole");
  }

  @Test
  void a_reference_is_never_taken_for_a_file_of_arguments() throws IOException {
    run.write("ann/notes", "--help");
    assertThat(run.mdlibs("install", "@ann/notes").out()).contains("installed @ann/notes@2.0.0");
  }

  @Test
  void refuses_an_archive_that_would_leave_its_folder() throws IOException {
    notes.version("3.0.0", FakeLibrary.archive("../../../evil.md", "# Evil"));
    Outcome outcome = run.mdlibs("install", "@ann/notes@3.0.0");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTEGRITY);
    assertThat(outcome.err()).contains("ARCHIVE_PATH_TRAVERSAL");
    assertNothingWasDone();
    try (Stream<Path> all = Files.walk(temporary)) {
      assertThat(all.map(p -> p.getFileName().toString())).doesNotContain("evil.md");
    }
  }

  @Test
  void refuses_an_archive_with_a_link() throws IOException {
    var link = new TarArchiveEntry("docs/README.md", TarConstants.LF_SYMLINK);
    link.setLinkName("/etc/passwd");
    notes.version("3.0.0", FakeLibrary.archive(link, new byte[0]));
    Outcome outcome = run.mdlibs("install", "@ann/notes@3.0.0");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTEGRITY);
    assertThat(outcome.err()).contains("ARCHIVE_SYMBOLIC_LINK");
    assertNothingWasDone();
  }

  @Test
  void refuses_an_archive_that_brings_a_record_of_its_own() throws IOException {
    for (String path : List.of(".mdlibs-installed.toml/a.md", "notes/.mdlibs-installed.toml")) {
      notes.version("3.0.0", FakeLibrary.archive(path, "# A"));
      Outcome outcome = run.mdlibs("install", "@ann/notes@3.0.0");
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTEGRITY);
      assertThat(outcome.err()).contains("ARCHIVE_RESERVED_NAME");
      assertNothingWasDone();
    }
  }

  @Test
  void a_folder_around_everything_is_not_seen_where_it_is_installed() throws IOException {
    byte[] archive = FakeLibrary.archive("notes-3.0/docs/README.md", "# Version 3.0.0");
    notes.version("3.0.0", archive);
    assertThat(run.mdlibs("install", "@ann/notes@3.0.0").exitCode()).isZero();
    assertThat(installed()).isEqualTo("# Version 3.0.0");
    assertThat(run.read("mdlibs.lock")).contains(FakeLibrary.sha256(archive));
    assertThat(run.project.resolve("libraries/@ann/notes/notes-3.0")).doesNotExist();
    assertNoLeftovers();
    run.mdlibs("install", "@ann/notes@1.0.0");
    assertThat(installed()).isEqualTo("# Version 1.0.0");
  }

  @Test
  void a_library_of_documents_alone_keeps_their_folder() throws IOException {
    notes.version("3.0.0", FakeLibrary.archive("templates/adr.md", "# ADR"));
    run.mdlibs("install", "@ann/notes@3.0.0");
    assertThat(run.read("libraries/@ann/notes/templates/adr.md")).isEqualTo("# ADR");
  }

  @Test
  void a_failed_replacement_leaves_the_old_version_in_place() throws IOException {
    run.mdlibs("install", "@ann/notes@1.0.0");
    notes.version("3.0.0", FakeLibrary.archive("../evil.md", "# Evil"));
    assertThat(run.mdlibs("install", "@ann/notes@3.0.0").exitCode()).isEqualTo(ExitCode.INTEGRITY);
    assertThat(installed()).isEqualTo("# Version 1.0.0");
    assertThat(run.read("mdlibs.lock")).contains("1.0.0").doesNotContain("3.0.0");
    assertNoLeftovers();
  }

  @Test
  void never_writes_through_a_link_in_the_project() throws IOException {
    Path outside = Files.createDirectories(temporary.resolve("outside"));
    Files.createDirectories(run.project.resolve("libraries"));
    Files.createSymbolicLink(run.project.resolve("libraries/@ann"), outside);
    Outcome outcome = run.mdlibs("install", "@ann/notes");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("symbolic link");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void leaves_alone_what_it_did_not_install() throws IOException {
    run.write("libraries/@ann/notes/mine.md", "# Mine");
    Outcome outcome = run.mdlibs("install", "@ann/notes");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.read("libraries/@ann/notes/mine.md")).isEqualTo("# Mine");
  }

  @Test
  void refuses_a_registry_that_promises_other_bytes_than_the_lock() throws IOException {
    run.mdlibs("install", "@ann/notes@2.0.0");
    run.write(".mdlibs.toml", "[dependencies]\n\"@ann/notes\" = \"^2.0.0\"\n");
    notes.version("2.0.0", FakeLibrary.archive("a.md", "# Changed"));
    Outcome outcome = run.mdlibs("install", "@ann/notes@latest");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTEGRITY);
    assertThat(installed()).isEqualTo("# Version 2.0.0");
  }

  @Test
  void tells_when_no_version_fits_or_the_library_is_unknown() throws IOException {
    assertThat(run.mdlibs("install", "@ann/notes@^7").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(run.mdlibs("install", "@ann/none").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(run.mdlibs("install", "@ann/notes@foo").exitCode()).isEqualTo(ExitCode.USAGE);
    assertNothingWasDone();
  }

  @Test
  void reads_all_pages_of_versions() throws IOException {
    String page =
        "{\"versions\":[{\"version\":\"%s\"}],\"total\":101,\"page\":%d,\"per_page\":100}";
    server.on(
        "GET /api/v1/libraries/ann/notes/versions?per_page=100&page=1",
        Given.json(200, page.formatted("1.0.0", 1)));
    server.on(
        "GET /api/v1/libraries/ann/notes/versions?per_page=100&page=2",
        Given.json(200, page.formatted("1.2.0", 2)));
    run.mdlibs("install", "@ann/notes@^1");
    assertThat(installed()).isEqualTo("# Version 1.2.0");
  }

  @Test
  void installs_several_at_once_into_another_folder_and_lists_them() throws IOException {
    new FakeLibrary(server, "bob", "guides").version("0.1.0-rc.1+build.7");
    Outcome outcome =
        run.mdlibs("install", "@ann/notes@1.x", "@bob/guides", "--path", "vendor", "--json");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("\"version\": \"0.1.0-rc.1+build.7\"");
    Outcome list = run.mdlibs("list", "--installed", "--path", "vendor");
    assertThat(list.out()).contains("@ann/notes", "1.2.0", "@bob/guides", "0.1.0-rc.1+build.7");
    assertThat(run.mdlibs("list", "--installed").out()).contains("No library is installed");
  }
}
