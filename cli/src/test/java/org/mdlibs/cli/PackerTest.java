package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackerTest {
  private static final String MANIFEST = "[library]\nname = \"notes\"\nversion = \"1.0.0\"\n";

  @TempDir private Path temporary;

  private Path library(String name) throws IOException {
    Path root = Files.createDirectories(temporary.resolve(name));
    Files.writeString(root.resolve(".mdlibs.toml"), MANIFEST);
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(root.resolve("docs/README.md"), "# Notes\n");
    Files.writeString(root.resolve("docs/zwölf.md"), "# 12\n");
    return root;
  }

  private static byte[] pack(Path root) throws IOException {
    var out = new ByteArrayOutputStream();
    Packer.pack(Packer.collect(root).files(), MANIFEST, out);
    return out.toByteArray();
  }

  @Test
  void a_windows_file_system_makes_the_same_paths_with_the_same_rules() throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      Path root = Files.createDirectories(windows.getPath("C:\\work\\notes"));
      Files.writeString(root.resolve(".mdlibs.toml"), MANIFEST);
      Files.writeString(root.resolve(".mdlibsignore"), "/docs/draft/\r\n*.tmp\r\n");
      Files.createDirectories(root.resolve("docs\\draft"));
      Files.writeString(root.resolve("docs\\README.md"), "# Notes\r\n");
      Files.writeString(root.resolve("docs\\draft\\a.md"), "# A\r\n");
      Files.writeString(root.resolve("docs\\a.tmp"), "x");
      assertThat(Packer.collect(root).files().stream().map(Packer.Packed::path))
          .containsExactly(".mdlibs.toml", "docs/README.md");
    }
  }

  @Test
  void a_backslash_in_a_name_is_no_folder() throws IOException {
    Path root = library("one");
    Files.writeString(root.resolve("docs").resolve("a\\b.md"), "# B\n");
    assertThat(Packer.collect(root).files().stream().map(Packer.Packed::path))
        .contains("docs/a\\b.md");
  }

  @Test
  void the_same_input_makes_the_same_bytes() throws IOException {
    Path one = library("one");
    Path two = library("two");
    Path file = two.resolve("docs/README.md");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(two.resolve("empty"));
    assertThat(pack(two)).isEqualTo(pack(one));
  }

  @Test
  void entries_are_sorted_and_carry_neither_time_nor_owner() throws IOException {
    byte[] packed = pack(library("one"));
    assertThat(packed).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
    try (var tar =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)), "UTF-8")) {
      for (String name : new String[] {".mdlibs.toml", "docs/README.md", "docs/zwölf.md"}) {
        TarArchiveEntry entry = tar.getNextEntry();
        assertThat(entry.getName()).isEqualTo(name);
        assertThat(entry.getLastModifiedTime()).isEqualTo(FileTime.from(Instant.EPOCH));
        assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
        assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
        assertThat(entry.getMode()).isEqualTo(0100644);
      }
      assertThat(tar.getNextEntry()).isNull();
    }
  }

  @Test
  void leaves_out_dot_files_ignored_ones_the_lock_and_installed_libraries() throws IOException {
    Path root = library("one");
    Files.writeString(root.resolve(".env"), "SECRET=1");
    Files.createDirectories(root.resolve(".git"));
    Files.writeString(root.resolve(".git/config"), "");
    Files.writeString(root.resolve("docs/.hidden.md"), "");
    Files.writeString(root.resolve("docs/.mdlibs.toml"), "");
    Files.writeString(root.resolve(".gitignore"), ".mdlibs.toml\nbuild/\n");
    Files.createDirectories(root.resolve("build"));
    Files.writeString(root.resolve("build/out.md"), "");
    Files.writeString(root.resolve("mdlibs.lock"), "");
    Files.createDirectories(root.resolve("libraries/@bob/guides"));
    Files.writeString(root.resolve("libraries/@bob/guides/a.md"), "");
    Files.writeString(root.resolve("libraries/own.md"), "");
    Packer.Selection selection = Packer.collect(root);
    assertThat(selection.hidden()).containsExactly("docs/.hidden.md");
    assertThat(selection.files())
        .extracting(Packer.Packed::path)
        .containsExactly(".mdlibs.toml", "docs/README.md", "docs/zwölf.md", "libraries/own.md");
  }

  @Test
  void refuses_links_unless_they_are_ignored() throws IOException {
    Path root = library("one");
    Files.createSymbolicLink(root.resolve("docs/passwd.md"), temporary.resolve("passwd"));
    assertThatThrownBy(() -> Packer.collect(root))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("docs/passwd.md is a symbolic link");
    Files.writeString(root.resolve(".mdlibsignore"), "passwd.md\n");
    assertThat(Packer.collect(root).files()).hasSize(3);
  }

  @Test
  void never_looks_through_a_linked_folder() throws IOException {
    Path root = library("one");
    Path outside = Files.createDirectories(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret.md"), "");
    Files.createSymbolicLink(root.resolve("more"), outside);
    assertThatThrownBy(() -> Packer.collect(root)).isInstanceOf(Failure.class);
  }
}
