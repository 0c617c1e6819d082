package org.mdlibs.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.testing.ArchiveBuilder;

class UnpackTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void choose_folder() {
    folder = temporary.resolve("deep/libraries/notes");
  }

  @Test
  void writes_every_file_and_folder() throws IOException {
    byte[] large = new byte[300_000];
    large[299_999] = 1;
    Contents contents =
        unpack(
            archive("notes", "1.0.0")
                .folder("templates/")
                .file("./docs/a/b.md", "b")
                .file("docs/large.bin", large));
    assertThat(contents.files()).isEqualTo(4);
    assertThat(folder.resolve(".mdlibs.toml"))
        .hasContent(ArchiveBuilder.manifestOf("notes", "1.0.0"));
    assertThat(folder.resolve("docs/a/b.md")).hasContent("b");
    assertThat(folder.resolve("docs/large.bin")).hasBinaryContent(large);
    assertThat(folder.resolve("templates")).isEmptyDirectory();
  }

  @Test
  void files_are_plain_whatever_mode_the_archive_says() throws IOException {
    var entry = new TarArchiveEntry("run.md");
    entry.setMode(06777);
    unpack(archive("notes", "1.0.0").entry(entry, new byte[0]));
    assertThat(folder.resolve("run.md").toFile().canExecute()).isFalse();
  }

  @Test
  void tells_the_root_that_the_archive_has() throws IOException {
    assertThat(unpacked(archive("notes", "1.0.0")).root()).isEqualTo(folder);
    folder = temporary.resolve("other");
    Archives.Unpacked wrapped =
        unpacked(
            ArchiveBuilder.empty()
                .folder("notes-1.0/")
                .file("notes-1.0/.mdlibs.toml", ArchiveBuilder.manifestOf("notes", "1.0.0"))
                .file("notes-1.0/notes-1.0/a.md", "a"));
    assertThat(wrapped.root()).isEqualTo(folder.resolve("notes-1.0"));
    assertThat(wrapped.root().resolve(".mdlibs.toml")).exists();
    assertThat(wrapped.root().resolve("notes-1.0/a.md")).hasContent("a");
  }

  @Test
  void stops_at_the_first_fault() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () -> unpack(archive("notes", "1.0.0").file("../evil.md", "").file("later.md", "")))
        .satisfies(e -> assertThat(e.faults()).hasSize(1));
    assertThat(folder.resolve("later.md")).doesNotExist();
  }

  @Test
  void takes_an_empty_folder_and_no_other() throws IOException {
    Files.createDirectories(folder);
    unpack(archive("notes", "1.0.0"));
    assertThatExceptionOfType(DirectoryNotEmptyException.class)
        .isThrownBy(() -> unpack(archive("notes", "2.0.0")));
    assertThat(folder.resolve("docs/README.md")).content().contains("1.0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.md", "/evil.md", "docs/../../evil.md", "..", "a/../../../evil.md"})
  void never_writes_outside_of_the_folder(String path) throws IOException {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> unpack(archive("notes", "1.0.0").file(path, "evil")));
    try (var files = Files.walk(temporary)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()))
          .isSubsetOf(List.of("notes.tar.gz", ".mdlibs.toml", "README.md"));
    }
  }

  @Test
  void never_makes_a_link_that_a_later_entry_could_follow() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                unpack(
                    archive("notes", "1.0.0")
                        .symlink("out", temporary.toString())
                        .file("out/evil.md", "evil")));
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(temporary.resolve("evil.md")).doesNotExist();
  }

  private Contents unpack(ArchiveBuilder builder) throws IOException {
    return unpacked(builder).contents();
  }

  private Archives.Unpacked unpacked(ArchiveBuilder builder) throws IOException {
    Path archive = Files.write(temporary.resolve("notes.tar.gz"), builder.bytes());
    return Archives.unpack(archive, folder, ArchiveLimits.DEFAULT);
  }
}
