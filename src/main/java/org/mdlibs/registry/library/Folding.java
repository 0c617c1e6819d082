package org.mdlibs.registry.library;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Takes out of a text what people write in more than one way, so that what they type finds what
 * others wrote: case; width, ligatures and other compatibility forms (NFKD, <a
 * href="https://www.unicode.org/reports/tr15/">UAX 15</a>); the accents of Latin, Greek and
 * Cyrillic, the vowel marks of Arabic, Hebrew and Syriac; the digits of other scripts; characters
 * that are not seen. Marks that make another letter stay: the vowel signs and tones of the scripts
 * of India and South-East Asia, the voicing of kana.
 */
final class Folding {
  /**
   * Marks in a row that are taken, as in the Stream-Safe Text Format (UAX 15 §13): normalising
   * takes time that grows with the square of their number.
   */
  private static final int MAX_MARKS = 30;

  private static final Set<UnicodeScript> ACCENTED =
      EnumSet.of(
          UnicodeScript.INHERITED,
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.ARABIC,
          UnicodeScript.HEBREW,
          UnicodeScript.SYRIAC);

  /**
   * Lower-case letters that no normalisation takes apart, as those who lack their key write them,
   * and the letters that Persian and Arabic keyboards write differently.
   */
  private static final Map<Integer, String> LETTERS =
      Map.ofEntries(
          Map.entry((int) 'ß', "ss"),
          Map.entry((int) 'æ', "ae"),
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'ø', "o"),
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'ð', "d"),
          Map.entry((int) 'þ', "th"),
          Map.entry((int) 'ħ', "h"),
          Map.entry((int) 'ŧ', "t"),
          Map.entry((int) 'ى', "ي"),
          Map.entry((int) 'ی', "ي"),
          Map.entry((int) 'ک', "ك"),
          Map.entry((int) 'ة', "ه"));

  private static final int VOICED = 0x3099;
  private static final int SEMI_VOICED = 0x309a;
  private static final int TATWEEL = 0x0640;
  private static final int MODIFIER_APOSTROPHE = 0x02bc;

  private Folding() {}

  /** The text, folded, in NFC. Takes linear time, and any text, broken surrogates too. */
  static String fold(String text) {
    String apart = Normalizer.normalize(visible(text), Normalizer.Form.NFKD);
    var folded = new StringBuilder(apart.length());
    apart.codePoints().forEach(c -> append(folded, c));
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }

  /**
   * Whether a character stands for a thing: an emoji, also one that this Java does not know yet.
   */
  static boolean isSymbol(int c) {
    return switch (Character.getType(c)) {
      case Character.OTHER_SYMBOL -> true;
      case Character.UNASSIGNED -> c >= 0x1f000 && c <= 0x1faff;
      default -> false;
    };
  }

  /** Whether a character belongs to the one before it. */
  static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  /**
   * Leaves out what is not seen and too many marks, and parts symbols from what is around them,
   * since a normalised ™ or ℃ would melt into the word beside it.
   */
  private static CharSequence visible(String text) {
    var visible = new StringBuilder(text.length());
    int marks = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      marks = isMark(c) ? marks + 1 : 0;
      if (Character.getType(c) == Character.SURROGATE) {
        visible.append(' ');
      } else if (isSymbol(c)) {
        visible.append(' ').appendCodePoint(c).append(' ');
      } else if (Character.getType(c) != Character.FORMAT && marks <= MAX_MARKS) {
        visible.appendCodePoint(c);
      }
    }
    return visible;
  }

  private static void append(StringBuilder folded, int c) {
    if (isAccent(c) || c == TATWEEL) {
      return;
    }
    if (c == MODIFIER_APOSTROPHE) {
      folded.append('\'');
    } else if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
      folded.append((char) ('0' + Character.digit(c, 10)));
    } else {
      // By way of the upper case, so that ſ, ς and ı end where s, σ and i do.
      int lower = Character.toLowerCase(Character.toUpperCase(c));
      String letters = LETTERS.get(lower);
      if (letters == null) {
        folded.appendCodePoint(lower);
      } else {
        folded.append(letters);
      }
    }
  }

  private static boolean isAccent(int c) {
    return isMark(c)
        && Character.getType(c) != Character.COMBINING_SPACING_MARK
        && c != VOICED
        && c != SEMI_VOICED
        && ACCENTED.contains(UnicodeScript.of(c));
  }
}
