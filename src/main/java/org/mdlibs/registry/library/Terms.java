package org.mdlibs.registry.library;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Cuts text into the terms that libraries are found by: the one tokenizer for both databases.
 *
 * <p>A word is a run of letters, digits and marks, folded so that case, width, ligatures and the
 * accents of Latin, Greek, Cyrillic, Arabic and Hebrew make no difference (the vowel signs of Indic
 * scripts and the voicing of kana do). Scripts that are written without spaces become overlapping
 * pairs of characters and the last character of each run, so that any part of a run is found. An
 * emoji or another symbol is a term of its own, and so are {@code c++} and {@code c#}, besides the
 * {@code c} in them. A term has at most {@value #MAX_LENGTH} characters. Takes time linear in the
 * text.
 */
public final class Terms {
  private static final int MAX_LENGTH = 64;

  private static final Set<UnicodeScript> WITHOUT_SPACES =
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

  /** Scripts whose marks are pronunciation or accent, which people leave out. */
  private static final Set<UnicodeScript> MARKS_DROPPED =
      EnumSet.of(
          UnicodeScript.INHERITED,
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.ARABIC,
          UnicodeScript.HEBREW);

  /** Letters that no normalisation takes apart. */
  private static final Map<Integer, String> FOLDED =
      Map.of(
          (int) 'ø', "o", (int) 'ł', "l", (int) 'đ', "d", (int) 'ð', "d", (int) 'þ', "th",
          (int) 'æ', "ae", (int) 'œ', "oe", (int) 'ς', "σ", (int) 'ħ', "h");

  private static final int PROLONGED_SOUND = 0x30FC;
  private static final int VOICED = 0x3099;
  private static final int SEMI_VOICED = 0x309A;

  private final List<Term> terms = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private final List<String> run = new ArrayList<>();

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

  private enum Kind {
    WORD,
    PAIR,
    SINGLE,
    SYMBOL
  }

  private record Term(String text, Kind kind) {}

  private Terms() {}

  /** The terms of a text, in its order, for the index. */
  public static List<String> of(String text) {
    return cut(text).stream().map(Term::text).toList();
  }

  /**
   * The terms that a query looks for. Its last word matches as a prefix, unless a space follows it:
   * whoever types has not finished it.
   */
  public static Query query(String text) {
    List<Term> terms = cut(text);
    boolean unfinished =
        !text.isEmpty() && !Character.isWhitespace(text.codePointBefore(text.length()));
    var wanted = new ArrayList<Wanted>();
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      boolean isLast = i == terms.size() - 1;
      switch (term.kind()) {
        case WORD -> wanted.add(new Wanted(term.text(), isLast && unfinished));
        case PAIR, SYMBOL -> wanted.add(new Wanted(term.text(), false));
        case SINGLE -> {
          // The last character of a longer run is in its last pair already.
          if (i == 0 || terms.get(i - 1).kind() != Kind.PAIR) {
            wanted.add(new Wanted(term.text(), true));
          }
        }
      }
    }
    return new Query(wanted.stream().distinct().toList());
  }

  private static List<Term> cut(String text) {
    var terms = new Terms();
    String folded = fold(text);
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      int next = i + Character.charCount(c);
      terms.take(c, folded, next);
      i = next;
    }
    terms.endWord();
    terms.endRun();
    return terms.terms;
  }

  private void take(int c, String text, int next) {
    if (isUnspaced(c)) {
      endWord();
      run.add(Character.toString(c));
    } else if (isWordPart(c)) {
      endRun();
      if (word.codePointCount(0, word.length()) < MAX_LENGTH) {
        word.appendCodePoint(c);
      }
    } else {
      if ((c == '+' || c == '#') && !word.isEmpty()) {
        sign(c, text, next);
      }
      endWord();
      endRun();
      if (Character.getType(c) == Character.OTHER_SYMBOL) {
        terms.add(new Term(Character.toString(c), Kind.SYMBOL));
      }
    }
  }

  /** {@code c++}, {@code c#}: the word with its sign, where nothing follows it. */
  private void sign(int c, String text, int next) {
    String sign = c == '#' ? "#" : "++";
    int end = next - 1 + sign.length();
    boolean isSign =
        text.startsWith(sign, next - 1)
            && (end == text.length() || !isWordPart(text.codePointAt(end)));
    if (isSign) {
      terms.add(new Term(word + sign, Kind.SYMBOL));
    }
  }

  private void endWord() {
    if (!word.isEmpty()) {
      terms.add(new Term(word.toString(), Kind.WORD));
      word.setLength(0);
    }
  }

  private void endRun() {
    for (int i = 0; i + 1 < run.size(); i++) {
      terms.add(new Term(run.get(i) + run.get(i + 1), Kind.PAIR));
    }
    if (!run.isEmpty()) {
      terms.add(new Term(run.get(run.size() - 1), Kind.SINGLE));
      run.clear();
    }
  }

  private static boolean isWordPart(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          UnicodeScript.of(c) != UnicodeScript.INHERITED;
      default -> Character.isLetterOrDigit(c) || Character.getType(c) == Character.OTHER_NUMBER;
    };
  }

  private static boolean isUnspaced(int c) {
    return c == PROLONGED_SOUND || (WITHOUT_SPACES.contains(UnicodeScript.of(c)) && isWordPart(c));
  }

  private static String fold(String text) {
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    var plain = new StringBuilder(apart.length());
    apart.codePoints().filter(c -> !isDroppedMark(c)).forEach(plain::appendCodePoint);
    String lower = plain.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    var folded = new StringBuilder(lower.length());
    lower
        .codePoints()
        .forEach(
            c -> {
              String other = FOLDED.get(c);
              if (other == null) {
                folded.appendCodePoint(c);
              } else {
                folded.append(other);
              }
            });
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }

  private static boolean isDroppedMark(int c) {
    int type = Character.getType(c);
    return (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK)
        && c != VOICED
        && c != SEMI_VOICED
        && MARKS_DROPPED.contains(UnicodeScript.of(c));
  }
}
