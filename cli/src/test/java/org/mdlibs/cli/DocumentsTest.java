package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DocumentsTest {
  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "# One                          | One",
        "text;# Later;# Second          | Later",
        "#  Closed  ##                  | Closed",
        "## Two                         | ",
        "#NoSpace                       | ",
        "Title;=====                    | Title",
        "```;# code;```;# Real          | Real",
        "~~~~;```;# code;~~~~;# Real    | Real",
        "---;title: x;# y;---;# Real    | Real",
        "#                              | ",
        "```;code;```;===;# Real        | Real",
        "<!--;# Licence;-->;# Real      | Real",
        "<!-- # Licence -->;# Real      | Real",
        "+++;# y;title = 'x';+++;# Real | Real",
        "+++;title = 'x';+++;text       | x",
        "## Sub;===;# Real              | Real",
        "One;two;===                    | One two",
        "- item;===;# Real              | Real"
      })
  void the_title_is_the_first_heading_of_level_one(String text, String title) {
    assertThat(Markdown.title(List.of(text.split(";", -1)))).isEqualTo(title);
  }

  @Test
  void lists_markdown_with_title_and_kind() throws IOException {
    var run = new Run(temporary);
    run.mdlibs("init", ".");
    run.write("docs/b.MARKDOWN", "no heading");
    run.write("templates/adr.md", "# Decision\n");
    run.write("docs/picture.png", "");
    run.write(".git/x.md", "");
    run.write("libraries/@ann/notes/README.md", "# Foreign");
    Run.Outcome outcome = run.mdlibs("list");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines().map(l -> l.replaceAll(" +", " ")))
        .containsExactly(
            "KIND PATH TITLE",
            "document docs/README.md project",
            "document docs/b.MARKDOWN b",
            "template templates/adr.md Decision");
    assertThat(run.mdlibs("list", "--filter", "DECI").out())
        .contains("adr")
        .doesNotContain("README");
    assertThat(run.mdlibs("list", "--json").out()).contains("\"kind\": \"template\"");
  }

  @Test
  void searches_documents_with_line_numbers_whatever_the_case() throws IOException {
    var run = new Run(temporary);
    run.write("docs/a.md", "# Größe\n\nein Maß\n连接 数据库\n");
    assertThat(run.mdlibs("search", "GRÖSSE", "--local").out()).contains("docs/a.md:1: # Größe");
    assertThat(run.mdlibs("search", "MASS", "--local").out()).contains("docs/a.md:3");
    assertThat(run.mdlibs("search", "数据", "--local").out()).contains("docs/a.md:4: 连接 数据库");
    assertThat(run.mdlibs("search", "maß", "--local", "--title-only").out()).contains("Nothing");
    assertThat(run.mdlibs("search", "größe", "--local", "--title-only").out())
        .isEqualTo("docs/a.md: Größe\n");
  }

  @Test
  void init_says_so_where_a_library_exists_and_changes_nothing() throws IOException {
    var run = new Run(temporary);
    run.write(".mdlibs.toml", "[library]\nname = 'mine'\n");
    Run.Outcome outcome = run.mdlibs("init");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("is a library already");
    assertThat(run.read(".mdlibs.toml")).isEqualTo("[library]\nname = 'mine'\n");
    assertThat(Files.exists(run.project.resolve("docs"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "My Docs, my-docs",
    "a, a-docs",
    "__x__, x-docs",
    "Übung.2026, ubung-2026",
    "文档, my-docs",
    "ok, ok-docs",
    "a--b, a-b"
  })
  void init_names_a_library_after_its_folder(String folder, String name) {
    assertThat(InitCommand.name(folder)).isEqualTo(name);
  }
}
