package org.mdlibs.registry.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchIndexTest {
  @Test
  void writes_words_and_their_short_prefixes_with_weights() {
    var weighted = new LinkedHashMap<Character, List<String>>();
    weighted.put('A', List.of("docs"));
    weighted.put('D', List.of("docs", "do"));
    assertThat(SearchIndex.tsvector(weighted))
        .isEqualTo("'docs':1A,2D '^d':1A '^do':1A '^doc':1A 'do':3D");
  }

  @Test
  void quotes_what_a_literal_would_take_for_syntax() {
    assertThat(SearchIndex.quote("it's\\")).isEqualTo("'it''s\\\\'");
  }

  @Test
  void keeps_within_the_limits_of_a_tsvector() {
    String literal = SearchIndex.tsvector(Map.of('D', Collections.nCopies(20_000, "again")));
    assertThat(literal.substring(0, literal.indexOf(' ')).split(",")).hasSize(255);
  }

  @Test
  void cuts_prefixes_between_characters() {
    assertThat(SearchIndex.tsvector(Map.of('D', List.of("\ud83d\ude00a"))))
        .isEqualTo("'\ud83d\ude00a':1D '^\ud83d\ude00':1D '^\ud83d\ude00a':1D");
  }
}
