package org.mdlibs.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mdlibs.registry.archive.RawTar.pax;
import static org.mdlibs.registry.testing.ArchiveBuilder.gzip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.testing.ArchiveBuilder;

class LibraryRootTest {
  @ParameterizedTest
  @CsvSource({
    "mylib/a.md, mylib/docs/b.md, mylib",
    "./mylib/a.md, mylib/b.md, mylib",
    "mylib/mylib/a.md, mylib/mylib/b.md, mylib",
    "docs/a.md, docs/b.md, ",
    "templates/a.md, templates/b.md, ",
    "Docs/a.md, Docs/b.md, Docs",
    "docs/a.md, docs/.mdlibs.toml, docs",
    "docs/a.md, templates/b.md, ",
    "mylib/a.md, b.md, ",
    "b.md, mylib/a.md, ",
    "./a.md, ./b.md, ",
    "mylib/a.md, other/b.md, "
  })
  void a_folder_around_everything_is_the_root(String one, String other, String top)
      throws IOException {
    Inspection inspection =
        inspect(ArchiveBuilder.empty().folder("./").file(one, "").file(other, ""));
    assertThat(inspection.orThrow().topFolder().orElse(null)).isEqualTo(top);
  }

  @Test
  void the_folder_may_be_listed_first_last_or_not_at_all() throws IOException {
    assertThat(inspect(ArchiveBuilder.empty().folder("m/").file("m/a.md", "")).orThrow())
        .returns("m", c -> c.topFolder().orElseThrow());
    assertThat(inspect(ArchiveBuilder.empty().file("m/a.md", "").folder("./m")).orThrow())
        .returns("m", c -> c.topFolder().orElseThrow());
    assertThat(inspect(ArchiveBuilder.empty().file("m/a.md", "").folder("n/")).orThrow())
        .returns(true, c -> c.topFolder().isEmpty());
  }

  @Test
  void the_manifest_is_that_of_the_root() throws IOException {
    String manifest = ArchiveBuilder.manifestOf("notes", "1.0.0");
    for (String root : new String[] {"", "./", "notes/", "./notes/"}) {
      Contents contents =
          inspect(
                  ArchiveBuilder.empty()
                      .file(root + "docs/a.md", "")
                      .file(root + ".mdlibs.toml", manifest)
                      .file(root + "templates/b.md", ""))
              .orThrow();
      assertThat(contents.manifest().orElseThrow().name().orElseThrow()).hasToString("notes");
    }
  }

  @Test
  void takes_what_git_archive_and_github_write() throws IOException {
    byte[] tar =
        new RawTar()
            .extension('g', pax("comment", "4b825dc642cb6eb9a060e54bf8d69288fbee4904"))
            .header(RawTar.utf8("repo-1.0/"), '5', 0)
            .file("repo-1.0/README.md", "# Repo")
            .file("repo-1.0/docs/a.md", "")
            .tar();
    Contents contents =
        Archives.inspect(new ByteArrayInputStream(gzip(tar)), ArchiveLimits.DEFAULT).orThrow();
    assertThat(contents.topFolder()).contains("repo-1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "mylib/.mdlibs.toml, a.md",
    "docs/sub/.mdlibs.toml, docs/a.md",
    ".MDLIBS.toml, a.md",
    "mylib/.Mdlibs.Toml, mylib/a.md",
    "m/m/.mdlibs.toml, m/a.md",
    ".mdlibs.toml/a.md, b.md",
    ".mdlibs.toml/a.md, .mdlibs.toml/b.md"
  })
  void nothing_else_may_have_the_manifests_name(String path, String other) throws IOException {
    Inspection inspection = inspect(ArchiveBuilder.empty().file(path, "").file(other, ""));
    assertThat(inspection.faults())
        .extracting(ArchiveFault::type)
        .contains(ProblemType.MANIFEST_MISPLACED);
    assertThat(inspection.contents().manifest()).isEmpty();
  }

  @Test
  void a_folder_of_the_manifests_name_is_none() throws IOException {
    assertThat(inspect(ArchiveBuilder.empty().folder(".mdlibs.toml/").file("a.md", "")).faults())
        .extracting(ArchiveFault::type, ArchiveFault::path)
        .containsExactly(tuple(ProblemType.MANIFEST_MISPLACED, ".mdlibs.toml"));
  }

  @Test
  void a_second_manifest_is_named_where_the_first_is_read() throws IOException {
    Inspection inspection =
        inspect(
            ArchiveBuilder.archive("notes", "1.0.0")
                .file("docs/example/.mdlibs.toml", "[nonsense"));
    assertThat(inspection.faults())
        .extracting(ArchiveFault::type, ArchiveFault::path)
        .containsExactly(tuple(ProblemType.MANIFEST_MISPLACED, "docs/example/.mdlibs.toml"));
    assertThat(inspection.contents().manifest()).isPresent();
  }

  @Test
  void the_record_of_an_installation_is_refused_everywhere() throws IOException {
    for (String path : new String[] {"", "m/", ".mdlibs-installed.toml/"}) {
      Inspection inspection =
          inspect(
              ArchiveBuilder.empty().file(path + ".mdlibs-Installed.toml", "").file("a.md", ""));
      assertThat(inspection.faults())
          .extracting(ArchiveFault::type)
          .contains(ProblemType.ARCHIVE_RESERVED_NAME);
    }
  }

  private static Inspection inspect(ArchiveBuilder builder) throws IOException {
    return Archives.inspect(new ByteArrayInputStream(builder.bytes()), ArchiveLimits.DEFAULT);
  }
}
