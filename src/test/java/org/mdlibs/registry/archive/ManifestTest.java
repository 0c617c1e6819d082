package org.mdlibs.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.License;
import org.mdlibs.registry.name.Tags;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.Fault;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

class ManifestTest {
  private static final Manifest NOTHING =
      new Manifest(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  @Test
  void reads_what_a_library_says_about_itself() {
    Manifest manifest =
        Manifest.parse(
            """
            # made by hand
            [library]
            name = "my-docs"
            version = "1.0.0"
            description = " My documentation, 文档 "
            license = "mit OR apache-2.0"
            tags = ["documentation", "API", "api"]
            """);
    assertThat(manifest)
        .isEqualTo(
            new Manifest(
                Optional.of(new LibraryName("my-docs")),
                Optional.of(Version.parse("1.0.0")),
                Optional.of("My documentation, 文档"),
                Optional.of(License.parse("MIT OR Apache-2.0")),
                Optional.of(new Tags(List.of("documentation", "api")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[library]",
        "[library]\r\n",
        "[other]\nname = 1",
        "[library]\nauthors = 1\n[[registry]]\nurl = 'x'\n[dependencies]\n'@a/b' = '^1'",
        "[library]\ndescription = ' '"
      })
  void everything_may_be_left_out(String text) {
    assertThat(Manifest.parse(text)).isEqualTo(NOTHING);
  }

  @Test
  void an_empty_list_of_tags_is_not_an_absent_one() {
    assertThat(Manifest.parse("[library]\ntags = []").tags()).contains(Tags.NONE);
  }

  @Test
  void tells_every_fault_with_its_position() {
    assertThat(
            faults(
                """
                [library]
                name = "My Docs"
                version = 1.0
                description = ["x"]
                license = "MTI"
                tags = ["ok",
                  7]
                """))
        .extracting(Fault::field, f -> f.message().replaceFirst(".* \\(", "("))
        .containsExactly(
            tuple("library.name", "(line 2, column 1)"),
            tuple("library.version", "(line 3, column 1)"),
            tuple("library.description", "(line 4, column 1)"),
            tuple("library.license", "(line 5, column 1)"),
            tuple("library.tags", "(line 7, column 3)"));
  }

  @Test
  void tells_where_the_toml_is_broken() {
    assertThat(faults("[library]\nname = \nversion = \"1.0.0\n"))
        .extracting(Fault::message)
        .hasSize(2)
        .allMatch(m -> m.startsWith("is not TOML: "))
        .satisfiesExactly(
            m -> assertThat(m).endsWith("(line 2, column 8)"),
            m -> assertThat(m).contains("(line 3, column "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "library = 1",
        "library = []",
        "[[library]]\nname = 'abc'",
        "[library]\n[library]",
        "[library]\nname = 'abc'\nname = 'abd'",
        "[library]\nname.x = 'abc'",
        "[library]\ntags = 'a'",
        "[library]\ntags = [['a']]",
        "[library]\ntags = ['a b']",
        "[library]\nlicense = ''",
        "[library]\ndescription = \"a\\u0000b\"",
        "[library]\ndescription = '''a\nb'''",
        "\u0000"
      })
  void refuses_what_breaks_a_rule(String text) {
    assertThat(faults(text)).hasSize(1);
  }

  @Test
  void tolerates_a_byte_order_mark() {
    assertThat(Manifest.parse(utf8("\ufeff[library]\nname = 'abc'")).name())
        .contains(new LibraryName("abc"));
  }

  @Test
  void refuses_what_is_not_utf8() {
    var e =
        catchThrowableOfType(
            ProblemException.class, () -> Manifest.parse(new byte[] {'#', (byte) 0xff}));
    assertThat(e.type()).isEqualTo(ProblemType.MANIFEST_INVALID);
    assertThat(e).hasMessageContaining("not UTF-8");
  }

  @Test
  void refuses_more_than_64_KiB() {
    String comment = "#" + "x".repeat(Manifest.MAX_BYTES - 1);
    assertThat(Manifest.parse(comment)).isEqualTo(NOTHING);
    assertThat(faults(comment + "x")).hasSize(1);
    assertThat(faults("#" + "é".repeat(Manifest.MAX_BYTES / 2))).hasSize(1);
  }

  @Test
  void refuses_more_empty_lines_in_a_row_than_the_parser_bears() {
    String bearable = "#\n  # x\n\r\n \t\n".repeat(16);
    assertThat(Manifest.parse(bearable + "[library]\n" + bearable)).isEqualTo(NOTHING);
    assertThat(faults(bearable + "\n")).hasSize(1);
    assertThat(faults("\n".repeat(Manifest.MAX_BYTES))).hasSize(1);
  }

  @Test
  void tells_only_the_first_of_endless_faults() {
    assertThat(faults("%\n".repeat(10_000))).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "a=[", "a={a=", "a.", "\"", "a='''", "]", "=", "a=[[],"})
  void bears_deep_nesting(String part) {
    assertThat(faults(part.repeat(Manifest.MAX_BYTES / part.length()))).isNotEmpty();
  }

  private static List<Fault> faults(String text) {
    var e = catchThrowableOfType(ProblemException.class, () -> Manifest.parse(text));
    assertThat(e).isNotNull();
    assertThat(e.type()).isEqualTo(ProblemType.MANIFEST_INVALID);
    return e.faults();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
