package org.mdlibs.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns of text for people; cells are cleaned, the last column gives way to the width. */
final class Table {
  private static final int LEAST_LAST = 20;

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... head) {
    this.head = List.of(head);
  }

  void row(String... cells) {
    var row = new ArrayList<String>();
    for (String cell : cells) {
      row.add(cell == null ? "" : Terminal.clean(cell));
    }
    rows.add(row);
  }

  void print(Terminal terminal) {
    var widths = new int[head.size()];
    for (int i = 0; i < widths.length - 1; i++) {
      widths[i] = width(head.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    int used = 0;
    for (int width : widths) {
      used += width + 2;
    }
    int last = terminal.width() - used;
    if (last < LEAST_LAST) {
      printRecords(terminal);
      return;
    }
    terminal.line(terminal.bold(line(terminal, head, widths, last)));
    for (List<String> row : rows) {
      terminal.line(line(terminal, row, widths, last));
    }
  }

  /** On a terminal that is too narrow for columns: one line for each cell, nothing is cut. */
  private void printRecords(Terminal terminal) {
    int widest = head.stream().mapToInt(Table::width).max().orElse(0);
    for (int r = 0; r < rows.size(); r++) {
      if (r > 0) {
        terminal.line("");
      }
      for (int i = 0; i < head.size(); i++) {
        String cell = rows.get(r).get(i);
        if (!cell.isEmpty()) {
          String label = head.get(i) + " ".repeat(widest - width(head.get(i)) + 2);
          terminal.line(terminal.faint(label) + terminal.isolated(cell));
        }
      }
    }
  }

  private static String line(Terminal terminal, List<String> cells, int[] widths, int last) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size() - 1; i++) {
      String cell = cells.get(i);
      line.append(terminal.isolated(cell)).append(" ".repeat(widths[i] - width(cell) + 2));
    }
    String end = cut(cells.get(cells.size() - 1), last);
    return line.append(terminal.isolated(end)).toString().stripTrailing();
  }

  private static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    var cut = new StringBuilder();
    int used = 1;
    for (int c : text.codePoints().toArray()) {
      used += width(c);
      if (used > columns) {
        break;
      }
      cut.appendCodePoint(c);
    }
    return cut.append('…').toString();
  }

  /** How many columns a text takes: East Asian characters take two, marks none. */
  static int width(String text) {
    return text.codePoints().map(Table::width).sum();
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x2E80 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
