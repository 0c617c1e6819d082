package org.mdlibs.registry.library;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts text into the terms that libraries are found by: the one tokenizer for both databases.
 *
 * <ul>
 *   <li>A word is a run of letters, digits and marks, folded by {@link Folding}; everything else
 *       parts words, so that {@code node.js} is {@code node} and {@code js}.
 *   <li>Scripts that are written without spaces become overlapping pairs of characters and the last
 *       character of each run, so that any part of a run is found: 日本語 is 日本, 本語 and 語. A run ends
 *       where another script begins.
 *   <li>An emoji or another symbol is a term of its own.
 *   <li>A word with a sign that makes it another name is a term besides the bare word: {@code c++},
 *       {@code c#}, {@code .net}. A query that has the sign asks for the sign.
 * </ul>
 *
 * <p>A term has at most {@value #MAX_LENGTH} characters; no ASCII in it but {@code a-z 0-9 + # .}
 * and no white space or control character, so a database needs to split at spaces alone. Takes time
 * linear in the text, and any text.
 */
public final class Terms {
  /** Longest term, in characters (code points); what is longer is cut. */
  static final int MAX_LENGTH = 64;

  private static final int PROLONGED_SOUND = 0x30fc;

  private static final Set<UnicodeScript> UNSPACED =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private enum Kind {
    WORD,
    UNSPACED,
    SYMBOL,
    SEPARATOR
  }

  /**
   * A term that is looked for.
   *
   * @param isPrefix whether terms that begin with it match too
   */
  public record Wanted(String text, boolean isPrefix) {}

  /**
   * What is looked for: all of it must match.
   *
   * @param terms empty when the text had nothing to look for
   */
  public record Query(List<Wanted> terms) {
    /** Nothing to look for. */
    public static final Query EMPTY = new Query(List.of());

    /** Whether there is nothing to look for. */
    public boolean isEmpty() {
      return terms.isEmpty();
    }
  }

  /** Characters of one kind in a row: part of a text, from an index to another. */
  private record Run(Kind kind, String text, int start, int end) {
    String word() {
      return cut(text, start, end);
    }

    /** The word with a {@code ++} or {@code #} that ends the name, else as it is. */
    String signed() {
      for (String sign : new String[] {"++", "#"}) {
        int next = end + sign.length();
        if (isName() && text.startsWith(sign, end) && !isAt(next, '+') && !isAt(next, '#')) {
          boolean ends = next == text.length() || kindOf(text.codePointAt(next)) != Kind.WORD;
          return ends ? text.substring(start, next) : word();
        }
      }
      return word();
    }

    /** The word with the dot before it, else as it is. */
    String dotted() {
      return isName() && isAt(start - 1, '.') ? text.substring(start - 1, end) : word();
    }

    /** The signed or dotted word; the dot of {@code node.js} does not count. */
    String name() {
      boolean isInner = start > 1 && kindOf(text.codePointBefore(start - 1)) == Kind.WORD;
      return isInner || !signed().equals(word()) ? signed() : dotted();
    }

    /**
     * Whether it may bear a sign: it begins with a letter, and the sign does not make it too long.
     */
    private boolean isName() {
      return end - start <= MAX_LENGTH - 2 && Character.isLetter(text.codePointAt(start));
    }

    private boolean isAt(int index, char wanted) {
      return index >= 0 && index < text.length() && text.charAt(index) == wanted;
    }
  }

  private Terms() {}

  /** The terms of a text, in its order, for the index. */
  public static List<String> of(String text) {
    var terms = new ArrayList<String>();
    for (Run run : runs(Folding.fold(text))) {
      switch (run.kind) {
        case WORD ->
            terms.addAll(new LinkedHashSet<>(List.of(run.word(), run.signed(), run.dotted())));
        case UNSPACED -> {
          terms.addAll(pairs(run));
          terms.add(run.text.substring(run.text.offsetByCodePoints(run.end, -1), run.end));
        }
        default -> terms.add(run.word());
      }
    }
    return terms;
  }

  /**
   * The terms that a query looks for, each once. Its last word matches as a prefix, unless a space
   * follows it: whoever types has not finished it. A single character of a script without spaces
   * always does: it may begin a pair.
   */
  public static Query query(String text) {
    boolean unfinished =
        !text.isEmpty() && !Character.isWhitespace(text.codePointBefore(text.length()));
    var wanted = new LinkedHashSet<Wanted>();
    List<Run> runs = runs(Folding.fold(text));
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      switch (run.kind) {
        case WORD -> wanted.add(new Wanted(run.name(), unfinished && i == runs.size() - 1));
        case UNSPACED -> {
          List<String> pairs = pairs(run);
          pairs.forEach(pair -> wanted.add(new Wanted(pair, false)));
          if (pairs.isEmpty()) {
            wanted.add(new Wanted(run.word(), true));
          }
        }
        default -> wanted.add(new Wanted(run.word(), false));
      }
    }
    return new Query(List.copyOf(wanted));
  }

  private static List<Run> runs(String text) {
    var runs = new ArrayList<Run>();
    int start = 0;
    while (start < text.length()) {
      Kind kind = kindOf(text.codePointAt(start));
      int end = text.offsetByCodePoints(start, 1);
      while (end < text.length() && continues(kind, text.codePointAt(end))) {
        end = text.offsetByCodePoints(end, 1);
      }
      if (kind != Kind.SEPARATOR) {
        runs.add(new Run(kind, text, start, end));
      }
      start = end;
    }
    return runs;
  }

  private static boolean continues(Kind kind, int c) {
    return switch (kind) {
      case WORD, UNSPACED -> Folding.isMark(c) || kindOf(c) == kind;
      case SYMBOL -> false;
      case SEPARATOR -> kindOf(c) == kind;
    };
  }

  private static Kind kindOf(int c) {
    if (Folding.isSymbol(c)) {
      return Kind.SYMBOL;
    }
    boolean isPart =
        Character.isLetterOrDigit(c)
            || Character.getType(c) == Character.OTHER_NUMBER
            || Character.getType(c) == Character.LETTER_NUMBER
            || Folding.isMark(c);
    if (!isPart) {
      return Kind.SEPARATOR;
    }
    return c == PROLONGED_SOUND || UNSPACED.contains(UnicodeScript.of(c))
        ? Kind.UNSPACED
        : Kind.WORD;
  }

  private static List<String> pairs(Run run) {
    var pairs = new ArrayList<String>();
    int first = run.start;
    int second = run.text.offsetByCodePoints(first, 1);
    while (second < run.end) {
      int next = run.text.offsetByCodePoints(second, 1);
      pairs.add(run.text.substring(first, next));
      first = second;
      second = next;
    }
    return pairs;
  }

  private static String cut(String text, int start, int end) {
    if (end - start <= MAX_LENGTH || text.codePointCount(start, end) <= MAX_LENGTH) {
      return text.substring(start, end);
    }
    return text.substring(start, text.offsetByCodePoints(start, MAX_LENGTH));
  }
}
