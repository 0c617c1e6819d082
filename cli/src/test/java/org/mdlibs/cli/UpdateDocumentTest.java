package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.cli.Run.Outcome;

final class UpdateDocumentTest {
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void library() throws IOException {
    run = new Run(temporary);
    run.mdlibs("init");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NONE",
      value = {
        "# One/                              | # New/",
        "# One                               | # New",
        "  # One ##/text/                    | # New/text/",
        "text/                               | # New//text/",
        "text                                | # New//text",
        "/text                               | # New//text",
        "''                                  | # New/",
        "One/===/text/                       | New/===/text/",
        "```/# code/```/                     | # New//```/# code/```/",
        "```/```js/# code/```/# One/         | ```/```js/# code/```/# New/",
        "---/title: x/# y/---/text/          | ---/title: x/# y/---/# New//text/",
        "---/title: x/---/                   | ---/title: x/---/# New/",
        "---/title: x/---                    | ---/title: x/---/# New",
        "---/title: x/---/# One/             | ---/title: x/---/# New/",
        "## Two/# One/# Later/               | ## Two/# New/# Later/",
        "One/two/===/text/                   | New/===/text/",
        "```/code/```/===/                   | # New//```/code/```/===/",
        "+++/# y/+++/text/                   | +++/# y/+++/# New//text/"
      })
  void gives_a_document_another_title_and_leaves_everything_else(String before, String after)
      throws IOException {
    for (String end : List.of("\n", "\r\n")) {
      for (String mark : List.of("", "\uFEFF")) {
        boolean single = !before.contains("/");
        String expected = mark + after.replace("/", single ? "\n" : end);
        run.write("docs/a.md", mark + before.replace("/", end));
        Outcome outcome = run.mdlibs("update", "a", "--title", "New");
        assertThat(outcome.err()).isEmpty();
        assertThat(run.read("docs/a.md")).isEqualTo(expected);
        assertThat(outcome.out()).contains("title  New\n");
      }
    }
  }

  @Test
  void a_title_that_ends_like_a_closed_heading_stays_whole() throws IOException {
    run.write("docs/a.md", "# One\n");
    assertThat(run.mdlibs("update", "a", "--title", "C #").out()).contains("title  C #\n");
    assertThat(run.mdlibs("update", "a", "--title", "$1 \\x").out()).contains("title  $1 \\x\n");
  }

  @Test
  void shows_path_title_lines_and_words() throws IOException {
    run.write("docs/deploy.md", "# How we deploy\r\n\r\n  two words\r\n");
    for (String name : List.of("deploy", "deploy.md", "docs/deploy", "docs/deploy.md")) {
      assertThat(run.mdlibs("update", name).out())
          .isEqualTo("path   docs/deploy.md\ntitle  How we deploy\nlines  3\nwords  6\n");
    }
    assertThat(run.mdlibs("update", "deploy", "--json").out()).contains("\"words\": 6");
    assertThat(run.read("docs/deploy.md")).endsWith("words\r\n");
  }

  @Test
  void takes_the_title_of_front_matter_and_the_other_ending() throws IOException {
    run.write("docs/b.markdown", "---\ntitle: \"Front\" # x\n---\ntext\n");
    assertThat(run.mdlibs("update", "b").out()).contains("docs/b.markdown", "title  Front\n");
    assertThat(run.mdlibs("list").out()).contains("Front");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "../secret.md", "docs/../../secret", "link"})
  void refuses_what_is_outside_of_the_library(String name) throws IOException {
    Path secret = Files.writeString(temporary.resolve("secret.md"), "# Secret\n");
    Files.createSymbolicLink(run.project.resolve("docs/link.md"), secret);
    Outcome outcome = run.mdlibs("update", name, "--title", "Mine");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("outside of the library");
    assertThat(secret).hasContent("# Secret");
    assertThat(run.mdlibs("list").out()).doesNotContain("Secret");
    assertThat(run.mdlibs("search", "--local", "secret").out()).contains("Nothing");
  }

  @Test
  void refuses_what_is_no_document_or_belongs_to_an_installed_library() throws IOException {
    run.write("libraries/@ann/notes/a.md", "# A\n");
    run.write("docs/latin.md", "");
    Files.write(
        run.project.resolve("docs/latin.md"), "# Größe\n".getBytes(StandardCharsets.ISO_8859_1));
    Outcome installed = run.mdlibs("update", "libraries/@ann/notes/a", "--title", "B");
    assertThat(installed.err()).contains("belongs to an installed library");
    assertThat(run.mdlibs("update", "none").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(run.mdlibs("update", "README", "--title", " ").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.mdlibs("update", "README", "--title", "a\nb").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(run.mdlibs("update", "README", "none").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.mdlibs("update", "--title", "x").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.mdlibs("update", "latin", "--title", "x").err()).contains("is not UTF-8");
  }

  @Test
  void warns_of_what_cannot_be_read_and_goes_on() throws IOException {
    run.write("docs/closed.md", "# Closed\n").toFile().setReadable(false);
    run.write("docs/shut/x.md", "# X\n").getParent().toFile().setReadable(false);
    Assumptions.assumeFalse(
        Files.isReadable(run.project.resolve("docs/closed.md")), "root reads everything");
    Outcome list = run.mdlibs("list");
    assertThat(list.exitCode()).isZero();
    assertThat(list.err()).contains("docs/closed.md cannot be read", "docs/shut cannot be read");
    assertThat(list.out()).contains("docs/README.md");
    assertThat(run.mdlibs("search", "project", "--local").out()).contains("docs/README.md:1");
    run.project.resolve("docs/shut").toFile().setReadable(true);
  }

  @Test
  void lists_and_searches_ten_thousand_documents() throws IOException {
    Files.createDirectories(run.project.resolve("docs/many"));
    for (int i = 0; i < 10_000; i++) {
      Files.writeString(run.project.resolve("docs/many/" + i + ".md"), "# Number " + i + "\n");
    }
    assertThat(run.mdlibs("list").out().lines()).hasSize(10_002);
    assertThat(run.mdlibs("search", "number 9999", "--local").out())
        .isEqualTo("docs/many/9999.md:1: # Number 9999\n");
  }
}
