package org.mdlibs.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code .mdlibsignore} and {@code .gitignore} files leave out, by gitignore's rules: files of
 * deeper folders before those of higher ones, the last matching line of a file wins, {@code !}
 * takes back. Where any {@code .mdlibsignore} has a matching line, {@code .gitignore} is not asked.
 * What is ignored by git's configuration outside of the tree is not, so that everybody packs the
 * same.
 */
final class IgnoreRules {
  private static final List<String> FILES = List.of(".mdlibsignore", ".gitignore");

  private final Path top;
  private final Map<Path, List<Rule>> files = new HashMap<>();

  /** One line: what it matches below its file's folder, and whether it takes back. */
  private record Rule(Pattern pattern, boolean folderOnly, boolean negated) {}

  /**
   * Makes the rules of a tree.
   *
   * @param root the folder to be packed; {@code .gitignore} files above it count as well, up to the
   *     folder of the git repository that it lies in
   */
  IgnoreRules(Path root) {
    this.top = repository(root).orElse(root);
  }

  private static Optional<Path> repository(Path root) {
    for (Path folder = root; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".git"))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a file or folder is left out. A folder that is left out takes all below it along; its
   * walker must not look into it.
   */
  boolean ignores(Path path, boolean folder) throws IOException {
    for (String file : FILES) {
      Optional<Boolean> verdict = verdict(file, path, folder);
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
    return false;
  }

  private Optional<Boolean> verdict(String file, Path path, boolean folder) throws IOException {
    for (Path at = path.getParent(); at != null && at.startsWith(top); at = at.getParent()) {
      List<Rule> rules = rules(at.resolve(file));
      String relative = Packer.path(at.relativize(path));
      for (int i = rules.size() - 1; i >= 0; i--) {
        Rule rule = rules.get(i);
        if ((folder || !rule.folderOnly()) && rule.pattern().matcher(relative).matches()) {
          return Optional.of(!rule.negated());
        }
      }
    }
    return Optional.empty();
  }

  private List<Rule> rules(Path file) throws IOException {
    List<Rule> known = files.get(file);
    if (known != null) {
      return known;
    }
    var rules = new ArrayList<Rule>();
    if (Files.isRegularFile(file)) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      text.replaceFirst("^\uFEFF", "").lines().forEach(l -> rule(l).ifPresent(rules::add));
    }
    files.put(file, rules);
    return rules;
  }

  private static Optional<Rule> rule(String line) {
    String text = withoutTrailingSpaces(line);
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    boolean negated = text.startsWith("!");
    if (negated) {
      text = text.substring(1);
    }
    boolean folderOnly = text.endsWith("/");
    if (folderOnly) {
      text = text.substring(0, text.length() - 1);
    }
    boolean anchored = text.contains("/");
    if (text.startsWith("/")) {
      text = text.substring(1);
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      String prefix = anchored ? "" : "(?:.*/)?";
      Pattern pattern =
          Pattern.compile(prefix + new Glob(text, anchored).toRegex(), Pattern.DOTALL);
      return Optional.of(new Rule(pattern, folderOnly, negated));
    } catch (PatternSyntaxException e) {
      // As git does: a pattern that is none matches nothing.
      return Optional.empty();
    }
  }

  private static String withoutTrailingSpaces(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
      end--;
    }
    return line.substring(0, end);
  }

  /** Turns one glob of gitignore into a regular expression. */
  private static final class Glob {
    private final String glob;
    private final boolean anchored;
    private final StringBuilder regex = new StringBuilder();
    private int at;

    Glob(String glob, boolean anchored) {
      this.glob = glob;
      this.anchored = anchored;
    }

    String toRegex() {
      while (at < glob.length()) {
        char c = glob.charAt(at);
        switch (c) {
          case '*' -> stars();
          case '?' -> one("[^/]");
          case '[' -> set();
          case '\\' -> escaped();
          default -> literal();
        }
      }
      return regex.toString();
    }

    private void one(String expression) {
      regex.append(expression);
      at++;
    }

    private void escaped() {
      at++;
      if (at == glob.length()) {
        throw new PatternSyntaxException("nothing after the backslash", glob, at - 1);
      }
      literal();
    }

    /** Whole, also where it takes two chars: half of it would match nothing. */
    private void literal() {
      int character = glob.codePointAt(at);
      regex.append(Pattern.quote(Character.toString(character)));
      at += Character.charCount(character);
    }

    /**
     * Two stars or more between slashes are any number of folders; elsewhere stars stay in their
     * name.
     */
    private void stars() {
      int end = at;
      while (end < glob.length() && glob.charAt(end) == '*') {
        end++;
      }
      // git compares what stands before the first special character by itself, so the stars open.
      boolean opens = at == 0 || glob.charAt(at - 1) == '/' || (anchored && isFirstSpecial());
      boolean last = end == glob.length();
      if (end - at >= 2 && opens && last) {
        regex.append(".+");
        at = end;
      } else if (end - at >= 2 && opens && glob.charAt(end) == '/') {
        regex.append("(?:.*/)?");
        at = end + 1;
      } else {
        regex.append("[^/]*");
        at = end;
      }
    }

    private boolean isFirstSpecial() {
      return glob.substring(0, at).chars().noneMatch(c -> "*?[\\".indexOf(c) >= 0);
    }

    private void set() {
      var set = new StringBuilder("[");
      int i = at + 1;
      boolean negated = i < glob.length() && (glob.charAt(i) == '!' || glob.charAt(i) == '^');
      if (negated) {
        set.append("^/");
        i++;
      }
      int first = i;
      for (; i < glob.length() && (glob.charAt(i) != ']' || i == first); i++) {
        char c = glob.charAt(i);
        if (c == '\\' && i + 1 < glob.length()) {
          i++;
          i += literal(set, i);
        } else if (glob.startsWith("[:", i) && glob.indexOf(":]", i) > 0) {
          int end = glob.indexOf(":]", i);
          set.append(posixClass(glob.substring(i + 2, end)));
          i = end + 1;
        } else if (c == '-') {
          set.append('-');
        } else {
          i += literal(set, i);
        }
      }
      if (i >= glob.length()) {
        throw new PatternSyntaxException("no closing bracket", glob, at);
      }
      regex.append(negated ? set + "]" : "(?!/)" + set + "]");
      at = i + 1;
    }

    /** Adds a character to a set; how many chars it takes besides the first. */
    private int literal(StringBuilder set, int index) {
      int character = glob.codePointAt(index);
      set.append("\\x{").append(Integer.toHexString(character)).append('}');
      return Character.charCount(character) - 1;
    }

    private String posixClass(String name) {
      return switch (name) {
        case "alpha" -> "\\p{Alpha}";
        case "digit" -> "\\p{Digit}";
        case "alnum" -> "\\p{Alnum}";
        case "upper" -> "\\p{Upper}";
        case "lower" -> "\\p{Lower}";
        case "space" -> "\\s";
        case "punct" -> "\\p{Punct}";
        default -> throw new PatternSyntaxException("no such class", glob, at);
      };
    }
  }
}
