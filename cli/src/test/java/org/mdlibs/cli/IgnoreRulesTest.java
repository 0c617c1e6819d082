package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IgnoreRulesTest {
  @TempDir private Path root;

  /** Each row was checked with {@code git check-ignore} of git 2.39. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "*.log            | a.log           | true",
        "*.log            | sub/a.log       | true",
        "*.log            | a.log.md        | false",
        "/a.md            | a.md            | true",
        "/a.md            | sub/a.md        | false",
        "sub/a.md         | sub/a.md        | true",
        "sub/a.md         | x/sub/a.md      | false",
        "a?.md            | ab.md           | true",
        "a?.md            | a/b.md          | false",
        "a*b              | a/b             | false",
        "**/b.md          | b.md            | true",
        "**/b.md          | x/y/b.md        | true",
        "x/**             | x/y/z.md        | true",
        "x/**/z.md        | x/z.md          | true",
        "x/**/z.md        | x/y/w/z.md      | true",
        "x/***/z.md       | x/y/w/z.md      | true",
        "x/a**.md         | x/abc.md        | true",
        "x**/b            | xb              | true",
        "x**/b            | x/y/b           | true",
        "?**/b            | ab              | false",
        "x**y             | x/y             | false",
        "[ab].md          | a.md            | true",
        "[ab].md          | c.md            | false",
        "[!ab].md         | c.md            | true",
        "[a-c].md         | b.md            | true",
        "[[:digit:]].md   | 7.md            | true",
        "[]].md           | ].md            | true",
        "[a.md            | [a.md           | false",
        "\\*.md           | *.md            | true",
        "\\*.md           | a.md            | false",
        "\\#x             | #x              | true",
        "\\!x             | !x              | true",
        "#x               | #x              | false",
        "build/           | build           | false",
        "ümlaut*          | ümlaut.md       | true",
        "a.b              | aXb             | false",
        "🔒secret.md      | 🔒secret.md     | true",
        "𠀀*.md           | 𠀀b.md          | true",
        "\\🔒.md         | 🔒.md           | true",
        "[🔒x].md         | 🔒.md           | true",
        "[\\d].md        | 7.md            | false",
        "+(x)             | +(x)            | true",
      })
  void matches_as_git_does(String pattern, String path, boolean ignored) throws IOException {
    Files.writeString(root.resolve(".gitignore"), pattern + "\n");
    assertThat(new IgnoreRules(root).ignores(root.resolve(path), false)).isEqualTo(ignored);
  }

  @Test
  void a_pattern_with_a_slash_at_its_end_matches_folders_alone() throws IOException {
    Files.writeString(root.resolve(".gitignore"), "build/\n");
    var rules = new IgnoreRules(root);
    assertThat(rules.ignores(root.resolve("build"), true)).isTrue();
    assertThat(rules.ignores(root.resolve("sub/build"), true)).isTrue();
    assertThat(rules.ignores(root.resolve("build"), false)).isFalse();
  }

  @Test
  void the_last_matching_line_wins_and_a_bang_takes_back() throws IOException {
    Files.writeString(
        root.resolve(".gitignore"), "*.md\n!keep.md\n# comment\n\nkeep*.md  \n!kept.md");
    var rules = new IgnoreRules(root);
    assertThat(rules.ignores(root.resolve("keep.md"), false)).isTrue();
    assertThat(rules.ignores(root.resolve("kept.md"), false)).isFalse();
    assertThat(rules.ignores(root.resolve("other.md"), false)).isTrue();
  }

  @Test
  void a_deeper_file_goes_before_a_higher_one() throws IOException {
    Files.createDirectory(root.resolve("sub"));
    Files.writeString(root.resolve(".gitignore"), "*.md\n");
    Files.writeString(root.resolve("sub/.gitignore"), "!a.md\n/b.txt\n");
    var rules = new IgnoreRules(root);
    assertThat(rules.ignores(root.resolve("sub/a.md"), false)).isFalse();
    assertThat(rules.ignores(root.resolve("sub/b.md"), false)).isTrue();
    assertThat(rules.ignores(root.resolve("sub/b.txt"), false)).isTrue();
    assertThat(rules.ignores(root.resolve("b.txt"), false)).isFalse();
  }

  @Test
  void mdlibsignore_overrules_gitignore() throws IOException {
    Files.writeString(root.resolve(".gitignore"), "generated.md\n");
    Files.writeString(root.resolve(".mdlibsignore"), "!generated.md\ndraft-*\n");
    var rules = new IgnoreRules(root);
    assertThat(rules.ignores(root.resolve("generated.md"), false)).isFalse();
    assertThat(rules.ignores(root.resolve("draft-1.md"), false)).isTrue();
  }

  @Test
  void gitignore_of_the_repository_above_counts() throws IOException {
    Files.createDirectories(root.resolve(".git"));
    Path library = Files.createDirectories(root.resolve("handbook/docs"));
    Files.writeString(root.resolve(".gitignore"), "/handbook/docs/secret.md\n");
    var rules = new IgnoreRules(library);
    assertThat(rules.ignores(library.resolve("secret.md"), false)).isTrue();
    assertThat(rules.ignores(library.resolve("open.md"), false)).isFalse();
  }
}
