package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.cli.LockFile.Locked;
import org.mdlibs.registry.name.Version;

final class ProjectTest {
  private static final Reference NOTES = Reference.parse("@ann/notes");
  private static final Reference GUIDES = Reference.parse("@bob/guides");

  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void folders() throws IOException {
    run = new Run(temporary);
  }

  @Test
  void changes_a_dependency_and_keeps_all_other_text() throws IOException {
    String before =
        """
        # our handbook
        [library]
        name = 'handbook'     # as the wiki calls it
        tags = [ 'a',
                 'b' ]

        [dependencies] # see the wiki
        '@ann/notes' = "^1.0" # pinned by Ann
        "@zoe/zebra" = '*'

        [[registry]]
        name = "work"
        url = "https://work.example"
        """;
    run.write(".mdlibs.toml", before);
    var project = new Project(run.project);
    project.depend(NOTES, Range.parse("^2.0.0"));
    project.depend(GUIDES, Range.parse(">=1 <2"));
    run.write(".mdlibs.toml", project.text());
    assertThat(run.read(".mdlibs.toml"))
        .isEqualTo(
            before
                .replace("\"^1.0\" # pinned", "\"^2.0.0\" # pinned")
                .replace("= '*'\n", "= '*'\n\"@bob/guides\" = \">=1 <2\"\n"));
  }

  @Test
  void makes_the_file_where_there_is_none() throws IOException {
    var project = new Project(run.project);
    project.depend(NOTES, Range.parse("^1.0.0"));
    run.write(".mdlibs.toml", project.text());
    assertThat(run.read(".mdlibs.toml")).isEqualTo("[dependencies]\n\"@ann/notes\" = \"^1.0.0\"\n");
    assertThat(new Project(run.project).dependencies()).containsOnlyKeys(NOTES);
  }

  @Test
  void the_lock_of_the_same_libraries_is_always_the_same_text() throws IOException {
    var one = new TreeMap<Reference, Locked>();
    one.put(GUIDES, locked(GUIDES, "2.0.0"));
    one.put(NOTES, locked(NOTES, "1.2.3+build.5"));
    run.write("mdlibs.lock", LockFile.text(one));
    assertThat(run.read("mdlibs.lock"))
        .isEqualTo(
            """
            # Written by mdlibs install; not to be edited.
            version = 1

            [[library]]
            name = "@ann/notes"
            version = "1.2.3+build.5"
            registry = "https://one.example"
            checksum = "sha256:%1$s"
            size = 7

            [[library]]
            name = "@bob/guides"
            version = "2.0.0"
            registry = "https://one.example"
            checksum = "sha256:%1$s"
            size = 7
            """
                .formatted("a".repeat(64)));
    assertThat(new LockFile(run.project).differsFrom(one)).isFalse();
  }

  private static Locked locked(Reference reference, String version) {
    return new Locked(
        reference, Version.parse(version), "https://one.example", "sha256:" + "a".repeat(64), 7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version = 2\n",
        "",
        "version = 1\n[[library]]\nname = '@a/b'\n",
        "version = 1\nlibrary = [1]\n",
        """
        version = 1
        [[library]]
        name = '@ann/notes'
        version = '1.0.0'
        registry = 'https://x'
        checksum = 'md5:1'
        size = 1
        """,
        """
        version = 1
        [[library]]
        name = '@ann/../x'
        version = '1.0.0'
        registry = 'https://x'
        checksum = 'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
        size = 1
        """
      })
  void refuses_a_broken_lock(String text) throws IOException {
    run.write("mdlibs.lock", text);
    assertThatThrownBy(() -> new LockFile(run.project)).isInstanceOf(Failure.class);
  }
}
