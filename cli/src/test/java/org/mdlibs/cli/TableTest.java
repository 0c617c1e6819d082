package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TableTest {
  private static String printed(boolean terminal, int columns, String... cells) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    var environment = Map.of("COLUMNS", String.valueOf(columns), "NO_COLOR", "1");
    var table = new Table("LIBRARY", "VERSION", "DESCRIPTION");
    table.row(cells);
    table.print(
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            stream,
            stream,
            null,
            terminal,
            terminal,
            environment));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void the_last_column_gives_way_by_columns_not_by_letters() {
    String wide = printed(true, 50, "@ann/notes", "1.0.0", "连接数据库的文档连接数据库的文档连接数据库的文档");
    assertThat(wide.lines().map(Table::width))
        .allSatisfy(w -> assertThat(w).isLessThanOrEqualTo(50));
    assertThat(wide).contains("连接数据库的文档", "…");
  }

  @Test
  void columns_stand_under_their_heads_whatever_the_script() {
    String[] lines = printed(true, 80, "@ann/连接", "1.0.0", "x").split("\n", -1);
    assertThat(Table.width(lines[0].substring(0, lines[0].indexOf("VERSION"))))
        .isEqualTo(Table.width(lines[1].substring(0, lines[1].indexOf("1.0.0"))));
  }

  @Test
  void a_pipe_cuts_nothing_and_adds_nothing() {
    String text = "مرحبا بالعالم ".repeat(20).strip();
    assertThat(printed(false, 30, "@ann/notes", "1.0.0", text))
        .contains(text)
        .doesNotContain("\u2068");
  }

  @Test
  void text_from_right_to_left_cannot_turn_its_neighbours_on_a_terminal() {
    assertThat(printed(true, 80, "@ann/notes", "1.0.0", "مرحبا")).contains("\u2068مرحبا\u2069");
    assertThat(printed(true, 80, "@ann/notes", "1.0.0", "plain")).doesNotContain("\u2068");
  }

  @Test
  void a_narrow_terminal_gets_a_line_for_each_cell_and_loses_none() {
    assertThat(printed(true, 30, "@ann/notes", "1.0.0", "A text that is longer than the line is"))
        .isEqualTo(
            """
            LIBRARY      @ann/notes
            VERSION      1.0.0
            DESCRIPTION  A text that is longer than the line is
            """);
  }
}
