package org.mdlibs.registry.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.library.Terms.Wanted;

class TermsTest {
  private static final String SAMPLE =
      "Apache Kafka® für Einsteiger: Straßenkarte, Übung & Lösung. Điện toán đám mây tại Việt Nam."
          + " İstanbul'da ILIK ışık. Łódź, Ærø, œuvre, naïve café. Ελληνικά: ΣΊΣΥΦΟΣ, Σίσυφος."
          + " Ёлка й объект. العَرَبِيَّة كِتَابٌ أحمد. שָׁלוֹם עולם. हिन्दी किताब. বাংলা কোড. தமிழ் நூல்."
          + " node.js C++ C# F# .NET free-programming-books v1.2.3 x86_64 ⅷ ２０２６ ①";

  @Test
  void parts_words_at_everything_that_is_no_letter_digit_or_mark() {
    assertThat(Terms.of("free-programming-books, v1.2 (en_US)\tÉté\u00a0d'or"))
        .containsExactly("free", "programming", "books", "v1", "2", "en", "us", "ete", "d", "or");
    assertThat(Terms.of("  --- \u0000 \"'*:^ … ")).isEmpty();
    assertThat(Terms.of("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Straße, strasse",
    "STRASSE, strasse",
    "Größe, grosse",
    "İSTANBUL, istanbul",
    "ışık, isik",
    "IŞIK, isik",
    "Đường, duong",
    "Tiếng, tieng",
    "Ærøskøbing, aeroskobing",
    "Łódź, lodz",
    "œuvre, oeuvre",
    "Σίσυφος, σισυφοσ",
    "ΣΊΣΥΦΟΣ, σισυφοσ",
    "Ёлка, елка",
    "ＡＰＩ２, api2",
    "ﬁle, file",
    "x², x2",
    "soft\u00adhyphen, softhyphen",
    "κ\u0345, κ",
    "العَرَبِيَّة, العربيه",
    "أحمد, احمد",
    "كـــتاب, كتاب",
    "می\u200cخواهم, ميخواهم",
    "٢٠٢٦, 2026",
    "שָׁלוֹם, שלום",
    "пʼять, п"
  })
  void folds_what_people_write_in_more_than_one_way(String text, String term) {
    assertThat(Terms.of(text)).first().isEqualTo(term);
  }

  @Test
  void keeps_the_marks_that_make_another_letter() {
    assertThat(Terms.of("कि")).isNotEqualTo(Terms.of("की")).isNotEqualTo(Terms.of("क"));
    assertThat(Terms.of("हिन्दी में किताब")).containsExactly("हिन्दी", "में", "किताब");
    assertThat(Terms.of("か")).isNotEqualTo(Terms.of("が"));
    assertThat(Terms.of("ガ")).isEqualTo(Terms.of("ｶﾞ")).isEqualTo(Terms.of("カ\u3099"));
    assertThat(Terms.of("ข่าว")).isNotEqualTo(Terms.of("ขาว"));
  }

  @Test
  void cuts_scripts_without_spaces_into_pairs() {
    assertThat(Terms.of("日本語の本")).containsExactly("日本", "本語", "語の", "の本", "本");
    assertThat(Terms.of("コーヒー")).containsExactly("コー", "ーヒ", "ヒー", "ー");
    assertThat(Terms.of("한국어 책")).containsExactly("한국", "국어", "어", "책");
    assertThat(Terms.of("𠮷野家")).containsExactly("𠮷野", "野家", "家");
    assertThat(Terms.of("ไทย")).containsExactly("ไท", "ทย", "ย");
  }

  @Test
  void parts_a_script_without_spaces_from_words_beside_it() {
    assertThat(Terms.of("Java入門2版")).containsExactly("java", "入門", "門", "2", "版");
    assertThat(Terms.of("使用.NET和C#开发"))
        .containsExactly("使用", "用", "net", ".net", "和", "c", "c#", "开发", "发");
  }

  @Test
  void takes_emoji_and_other_symbols_as_terms() {
    assertThat(Terms.of("Docs📚🦀!")).containsExactly("docs", "📚", "🦀");
    assertThat(Terms.of("❤️ 👩‍💻")).containsExactly("❤", "👩", "💻");
    assertThat(Terms.of("Foo™ 20℃")).containsExactly("foo", "tm", "20", "°", "c");
    assertThat(Terms.of("\ud83e\udee0")).as("newer than Java 17").containsExactly("\ud83e\udee0");
  }

  @Test
  void names_with_a_sign_are_terms_besides_their_word() {
    assertThat(Terms.of("C++, C#; f# (.NET) notepad++"))
        .containsExactly("c", "c++", "c", "c#", "f", "f#", "net", ".net", "notepad", "notepad++");
    assertThat(Terms.of("node.js")).containsExactly("node", "js", ".js");
    assertThat(Terms.of("a#b i++j c+++ c## 3# 0.5 c+ #c ..."))
        .containsExactly("a", "b", "i", "j", "c", "c", "3", "0", "5", "c", "c");
  }

  @Test
  void cuts_terms_to_64_characters() {
    assertThat(Terms.of("x".repeat(100))).containsExactly("x".repeat(64));
    assertThat(Terms.of("𝒳𐐨".repeat(50))).allMatch(t -> t.codePointCount(0, t.length()) <= 64);
    assertThat(Terms.of("." + "x".repeat(64) + "++")).containsExactly("x".repeat(64));
    assertThat(found("a " + "x".repeat(100), "x".repeat(99))).isTrue();
  }

  @Test
  void the_last_word_of_a_query_is_unfinished_until_a_space_follows() {
    assertThat(Terms.query("Kafka Str").terms())
        .containsExactly(new Wanted("kafka", false), new Wanted("str", true));
    assertThat(Terms.query("kafka str ").terms())
        .containsExactly(new Wanted("kafka", false), new Wanted("str", false));
    assertThat(Terms.query("\"kafka\"").terms()).containsExactly(new Wanted("kafka", true));
    assertThat(Terms.query("a a a ").terms()).containsExactly(new Wanted("a", false));
  }

  @Test
  void pairs_are_exact_and_single_characters_may_begin_a_pair() {
    assertThat(Terms.query("日本語").terms())
        .containsExactly(new Wanted("日本", false), new Wanted("本語", false));
    assertThat(Terms.query("本 java").terms())
        .containsExactly(new Wanted("本", true), new Wanted("java", true));
    assertThat(Terms.query("📚").terms()).containsExactly(new Wanted("📚", false));
  }

  @Test
  void a_query_with_a_sign_asks_for_the_sign() {
    assertThat(found("Learn C++", "c++")).isTrue();
    assertThat(found("Learn C++", "c+")).isTrue();
    assertThat(found("Learn C++", "c ")).isTrue();
    assertThat(found("Learn C", "c++")).isFalse();
    assertThat(found("ASP.NET", ".net")).isTrue();
    assertThat(found("README.md", ".md")).isTrue();
    assertThat(found("net", ".net")).isFalse();
    assertThat(found("node js", "node.js")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\"' <> *", "(){}[]^~:-", "\u0000\n", "。、！？", "\u200b\ufeff", "\ud800"})
  void looks_for_nothing_when_there_is_nothing_but_punctuation(String text) {
    assertThat(Terms.query(text).isEmpty()).isTrue();
  }

  @Test
  void finds_every_word_by_each_of_its_beginnings() {
    for (String word : SAMPLE.split("[ ,.:&'-]+", -1)) {
      for (int end = 1; end <= word.length(); end++) {
        String beginning = word.substring(0, end);
        assertThat(found(SAMPLE, beginning)).as(beginning).isTrue();
        String apart = Normalizer.normalize(beginning, Normalizer.Form.NFD);
        assertThat(found(SAMPLE, apart)).as(apart).isTrue();
        assertThat(found(SAMPLE, "kafka " + beginning)).as(beginning).isTrue();
      }
      assertThat(found(SAMPLE, word + " ")).as(word).isTrue();
      assertThat(found(SAMPLE, word + "q")).as(word).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "免费的编程中文书籍索引",
        "無料のプログラミング・リソースを集めたリスト",
        "コーヒーを飲みながらｶﾀｶﾅ",
        "무료 프로그래밍 책 모음",
        "รายการหนังสือเขียนโปรแกรมฟรี",
        "ບັນຊີປຶ້ມ",
        "បញ្ជីសៀវភៅ",
        "အခမဲ့ စာအုပ်များ",
        "𠮷野家で𩸽を食べる"
      })
  void finds_scripts_without_spaces_by_any_part(String text) {
    String folded = Folding.fold(text);
    int[] characters = folded.codePoints().toArray();
    for (int start = 0; start < characters.length; start++) {
      for (int end = start + 1; end <= characters.length; end++) {
        String part = new String(characters, start, end - start);
        assertThat(found(text, part)).as(part).isTrue();
      }
    }
    assertThat(found(text, folded.substring(0, 4) + "鬱")).isFalse();
  }

  @Test
  void finds_each_text_by_itself_whatever_it_is() {
    for (int seed = 0; seed < 5_000; seed++) {
      String text = random(new Random(seed));
      assertThat(found(text, text)).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void terms_hold_nothing_that_a_database_would_split_or_that_is_syntax() {
    for (int seed = 0; seed < 5_000; seed++) {
      String text = random(new Random(seed));
      for (String term : Terms.of(text)) {
        assertThat(term).as("seed %d", seed).isNotEmpty();
        assertThat(term.codePointCount(0, term.length())).isLessThanOrEqualTo(Terms.MAX_LENGTH);
        assertThat(term.codePoints())
            .noneMatch(Character::isWhitespace)
            .noneMatch(Character::isISOControl)
            .noneMatch(c -> Character.getType(c) == Character.SURROGATE)
            .allMatch(
                c ->
                    c > 127
                        || (c >= 'a' && c <= 'z')
                        || (c >= '0' && c <= '9')
                        || "+#.".indexOf(c) >= 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a ", "語", "c++ ", ".net", "\u0301\u0316", "a\u0301\u0316", "ก่", "📚", "\ud800"})
  void bears_a_million_characters_of_anything(String part) {
    // With a step whose time grows with the square, each of these would take minutes.
    String text = part.repeat(1_000_000 / part.length());
    assertThatCode(
            () -> {
              Terms.of(text);
              Terms.query(text);
            })
        .doesNotThrowAnyException();
  }

  /** What a database does with the terms of a text and those of a query. */
  private static boolean found(String text, String query) {
    List<String> terms = Terms.of(text);
    List<Wanted> wanted = Terms.query(query).terms();
    return wanted.stream()
        .allMatch(
            w ->
                w.isPrefix()
                    ? terms.stream().anyMatch(t -> t.startsWith(w.text()))
                    : terms.contains(w.text()));
  }

  private static String random(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(30);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(6)) {
        case 0 -> text.append((char) random.nextInt(0x10000));
        case 1 -> text.appendCodePoint(random.nextInt(0x110000));
        case 2 -> text.append(SAMPLE.charAt(random.nextInt(SAMPLE.length())));
        case 3 -> text.append("語のกิ한\u3099\u0301ー".charAt(random.nextInt(8)));
        case 4 -> text.append("+#. \u00a0'".charAt(random.nextInt(6)));
        default -> text.append((char) random.nextInt(128));
      }
    }
    return text.toString();
  }
}
