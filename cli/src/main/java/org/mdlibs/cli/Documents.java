package org.mdlibs.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The markdown documents of a local library. */
final class Documents {
  /** A first-level heading, CommonMark §4.2, with an optional closing run of #. */
  private static final Pattern H1 =
      Pattern.compile(" {0,3}#(?:[ \\t]+(.*?))?(?:[ \\t]+#+)?[ \\t]*");

  private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,}).*");
  private static final Pattern UNDERLINE = Pattern.compile(" {0,3}=+[ \\t]*");

  private Documents() {}

  /**
   * One document.
   *
   * @param path below the library's folder, with {@code /}
   * @param title its first H1, else the file's name without its ending
   * @param template whether it lies in {@code templates/}
   */
  record Document(String path, String title, boolean template) {}

  /**
   * The documents ({@code .md}, {@code .markdown}, any case) of a library, by path. Dot folders,
   * links and installed libraries are passed over.
   */
  static List<Document> of(Path library) throws IOException {
    var paths = new ArrayList<Path>();
    Path installed = library.resolve(Installed.FOLDER);
    Files.walkFileTree(
        library,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden = !folder.equals(library) && name(folder).startsWith(".");
            boolean foreign = installed.equals(folder.getParent()) && name(folder).startsWith("@");
            return hidden || foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && isMarkdown(name(file))) {
              paths.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    var documents = new ArrayList<Document>();
    for (Path path : paths) {
      String relative = library.relativize(path).toString().replace('\\', '/');
      documents.add(new Document(relative, title(path), relative.startsWith("templates/")));
    }
    documents.sort(Comparator.comparing(Document::path));
    return documents;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  static boolean isMarkdown(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".md") || lower.endsWith(".markdown");
  }

  /** The lines of a document; bytes that are no UTF-8 become replacement characters. */
  static List<String> lines(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
  }

  private static String title(Path file) throws IOException {
    String title = heading(lines(file));
    return title != null ? title : name(file).replaceFirst("\\.[^.]+$", "");
  }

  /** The first H1, ATX or setext, outside of front matter and fenced code; null without one. */
  static String heading(List<String> lines) {
    int start = 0;
    if (!lines.isEmpty() && lines.get(0).equals("---")) {
      int end = lines.subList(1, lines.size()).indexOf("---");
      start = end < 0 ? 0 : end + 2;
    }
    String fence = null;
    for (int i = start; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher mark = FENCE.matcher(line);
      if (mark.matches()) {
        if (fence == null) {
          fence = mark.group(1);
        } else if (mark.group(1).startsWith(fence)) {
          fence = null;
        }
        continue;
      }
      if (fence != null) {
        continue;
      }
      Matcher heading = H1.matcher(line);
      if (heading.matches() && heading.group(1) != null && !heading.group(1).isBlank()) {
        return heading.group(1).strip();
      }
      if (i > start && UNDERLINE.matcher(line).matches() && !lines.get(i - 1).isBlank()) {
        return lines.get(i - 1).strip();
      }
    }
    return null;
  }
}
