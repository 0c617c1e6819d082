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
import java.util.function.Consumer;

/** The markdown documents of a local library. */
final class Documents {
  private Documents() {}

  /**
   * One document.
   *
   * @param path below the library's folder, with {@code /}
   * @param title its first H1, else that of its front matter, else the file's name without its
   *     ending
   * @param template whether it lies in {@code templates/}
   * @param lines of its text, without their ends
   */
  record Document(String path, String title, boolean template, List<String> lines) {}

  /**
   * Visits the documents ({@code .md}, {@code .markdown}, any case) of a library, by path. Dot
   * folders, links and installed libraries are passed over. One document is in memory at a time.
   *
   * @param warnings is told what cannot be read, which ends nothing
   */
  static void visit(Path library, Consumer<Document> visitor, Consumer<String> warnings)
      throws IOException {
    for (Path file : files(library, warnings)) {
      String path = library.relativize(file).toString().replace('\\', '/');
      try {
        List<String> lines = lines(file);
        visitor.accept(new Document(path, title(file, lines), isTemplate(path), lines));
      } catch (IOException e) {
        warnings.accept(path + " cannot be read");
        visitor.accept(new Document(path, title(file, List.of()), isTemplate(path), List.of()));
      }
    }
  }

  private static List<Path> files(Path library, Consumer<String> warnings) throws IOException {
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

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            warnings.accept(library.relativize(file) + " cannot be read");
            return FileVisitResult.CONTINUE;
          }
        });
    paths.sort(Comparator.comparing(p -> library.relativize(p).toString()));
    return paths;
  }

  private static boolean isTemplate(String path) {
    return path.startsWith("templates/");
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
    return Markdown.withoutMark(text).lines().toList();
  }

  static String title(Path file, List<String> lines) {
    String title = Markdown.title(lines);
    return title != null ? title : name(file).replaceFirst("\\.[^.]+$", "");
  }

  /**
   * Finds a document by what a user calls it: its path, which may leave out {@code docs/} and the
   * ending.
   *
   * @return its path, below the library
   * @throws Failure with exit code 4 when there is none; with 1 when it is outside of the library,
   *     also by a symbolic link, or belongs to an installed one
   */
  static Path find(Path library, String text) throws IOException {
    for (String folder : List.of("", "docs/")) {
      for (String ending : List.of("", ".md", ".markdown")) {
        Path file = library.resolve(folder + text + ending).normalize();
        if (!file.startsWith(library)) {
          throw outside(text);
        }
        if (!Files.isRegularFile(file) || !isMarkdown(name(file))) {
          continue;
        }
        Path real = file.toRealPath();
        if (!real.startsWith(library.toRealPath())) {
          throw outside(text);
        }
        if (isInstalled(library.toRealPath().relativize(real))) {
          throw new Failure(
              ExitCode.FAILED,
              "'" + text + "' belongs to an installed library.",
              "What is installed stays as it was published; copy the document into docs/.");
        }
        return file;
      }
    }
    throw new Failure(
        ExitCode.NOT_FOUND, "There is no document '" + text + "' here.", "See: mdlibs list");
  }

  private static Failure outside(String text) {
    return new Failure(
        ExitCode.FAILED,
        "'" + text + "' is outside of the library.",
        "Name a document of the library: mdlibs list");
  }

  private static boolean isInstalled(Path path) {
    return path.startsWith(Installed.FOLDER)
        && path.getNameCount() > 1
        && path.getName(1).toString().startsWith("@");
  }
}
