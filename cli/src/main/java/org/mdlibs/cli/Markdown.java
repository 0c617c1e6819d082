package org.mdlibs.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a markdown text is called, and how it is given another title. */
final class Markdown {
  /** A first-level heading, CommonMark §4.2, with an optional closing run of #. */
  private static final Pattern H1 =
      Pattern.compile(" {0,3}#(?:[ \\t]+(.*?))?(?:[ \\t]+#+)?[ \\t]*");

  /** CommonMark §4.5: what follows backticks holds none, or it is code within a line. */
  private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)");

  private static final Pattern UNDERLINE = Pattern.compile(" {0,3}=+[ \\t]*");

  /** What is no text that an underline could make a heading: other headings, lists, quotes. */
  private static final Pattern OTHER_BLOCK =
      Pattern.compile(
          "^ {0,3}(?:#{1,6}(?:[ \\t]|$)|[-*+](?:[ \\t]|$)|[0-9]{1,9}[.)](?:[ \\t]|$)|>|<)");

  /** A plain text of TOML. */
  private static final Pattern TOML_TITLE =
      Pattern.compile("title[ \\t]*=[ \\t]*(?:\"([^\"\\\\]*)\"|'([^']*)')(?:[ \\t]+#.*)?");

  /** A plain or quoted text of YAML; what is more than that is not taken for a title. */
  private static final Pattern YAML_TITLE =
      Pattern.compile(
          "title:[ \\t]+(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'|>\\[{&!*#].*?))(?:[ \\t]+#.*)?");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Markdown() {}

  /**
   * A heading of level one.
   *
   * @param line its index, from 0
   * @param lines how many it takes, without its underline
   * @param atx whether it is written with a #, rather than underlined
   */
  private record Heading(String title, int line, int lines, boolean atx) {}

  /** A text without the byte-order mark that editors on Windows write. */
  static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /**
   * The title: the first heading of level one, outside of front matter and fenced code; else {@code
   * title:} of YAML front matter; null without either.
   */
  static String title(List<String> lines) {
    Heading heading = heading(lines);
    if (heading != null) {
      return heading.title();
    }
    for (String line : lines.subList(0, bodyStart(lines))) {
      for (Pattern form : List.of(YAML_TITLE, TOML_TITLE)) {
        Matcher title = form.matcher(line);
        for (int group = 1; title.matches() && group <= title.groupCount(); group++) {
          if (title.group(group) != null && !title.group(group).isBlank()) {
            return title.group(group).strip();
          }
        }
      }
    }
    return null;
  }

  /** The index of the first line behind the front matter. */
  private static int bodyStart(List<String> lines) {
    String mark = lines.isEmpty() ? "" : lines.get(0).stripTrailing();
    if (mark.equals("---") || mark.equals("+++")) {
      for (int i = 1; i < lines.size(); i++) {
        String line = lines.get(i).stripTrailing();
        if (line.equals(mark) || (line.equals("...") && mark.equals("---"))) {
          return i + 1;
        }
      }
    }
    return 0;
  }

  /** Follows CommonMark as far as headings of level one depend on it. */
  private static Heading heading(List<String> lines) {
    String fence = null;
    boolean comment = false;
    int paragraph = -1;
    for (int i = bodyStart(lines); i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher mark = FENCE.matcher(line);
      if (comment) {
        comment = !line.contains("-->");
      } else if (mark.matches()) {
        if (fence == null) {
          fence = mark.group(1);
        } else if (mark.group(1).startsWith(fence) && mark.group(2).isBlank()) {
          fence = null;
        }
        paragraph = -1;
      } else if (fence == null) {
        Matcher heading = H1.matcher(line);
        if (heading.matches() && heading.group(1) != null && !heading.group(1).isBlank()) {
          return new Heading(heading.group(1).strip(), i, 1, true);
        }
        if (paragraph >= 0 && UNDERLINE.matcher(line).matches()) {
          String title =
              String.join(" ", lines.subList(paragraph, i).stream().map(String::strip).toList());
          return new Heading(title, paragraph, i - paragraph, false);
        }
        if (paragraph < 0 && line.stripLeading().startsWith("<!--")) {
          comment = !line.contains("-->");
        } else if (line.isBlank() || OTHER_BLOCK.matcher(line).find()) {
          paragraph = -1;
        } else if (paragraph < 0) {
          paragraph = i;
        }
      }
    }
    return null;
  }

  /**
   * The text with another title: in place of the first heading of level one, else before everything
   * but the front matter. Byte-order mark, line ends, and whether the last line has one, stay as
   * they are.
   *
   * @param title one line, not blank
   */
  static String retitle(String text, String title) {
    String body = withoutMark(text);
    // With their ends: \r\n, \n, or \r alone.
    var lines = new ArrayList<String>(Arrays.asList(body.split("(?<=\n)|(?<=\r)(?!\n)")));
    if (body.isEmpty()) {
      lines.clear();
    }
    List<String> bare = lines.stream().map(Markdown::withoutEnd).toList();
    String end = lines.isEmpty() || ending(lines.get(0)).isEmpty() ? "\n" : ending(lines.get(0));
    // What looks like a closing run of # would be taken for one (CommonMark §4.2).
    String atx = "# " + title + (title.matches("(?:.*[ \\t])?#+") ? " #" : "");
    Heading heading = heading(bare);
    if (heading != null) {
      String now = heading.atx() ? atx : title;
      lines.set(heading.line(), now + ending(lines.get(heading.line())));
      lines.subList(heading.line() + 1, heading.line() + heading.lines()).clear();
    } else {
      int start = bodyStart(bare);
      if (start == lines.size()) {
        boolean open = start > 0 && ending(lines.get(start - 1)).isEmpty();
        lines.add(open ? end + atx : atx + end);
      } else {
        lines.add(start, atx + end + (bare.get(start).isBlank() ? "" : end));
      }
    }
    return text.substring(0, text.length() - body.length()) + String.join("", lines);
  }

  private static String ending(String line) {
    return line.substring(withoutEnd(line).length());
  }

  private static String withoutEnd(String line) {
    return line.replaceFirst("[\r\n]+$", "");
  }
}
