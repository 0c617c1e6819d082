package org.mdlibs.registry.library;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.datasource.DatabaseUrl;

/**
 * The words by which libraries are found, cut by {@link Terms} alone, so that both databases find
 * the same: a {@code tsvector} on PostgreSQL, an FTS5 table on SQLite. Written in the transaction
 * of the library's own change.
 */
@ApplicationScoped
public class SearchIndex {
  /** The longest prefix that PostgreSQL's index holds as a lexeme of its own, in characters. */
  public static final int INDEXED_PREFIX = 4;

  /** What precedes an indexed prefix, so that it is no word. */
  public static final char PREFIX_MARK = '^';

  private static final int MAX_POSITION = 16_383;

  @PersistenceContext private EntityManager entities;
  @Inject private RegistryConfig config;

  /** Forgets a library. */
  public void remove(Library library) {
    forgetTags(library.seq());
    entities
        .createNativeQuery(
            isPostgresql()
                ? "update libraries set search = null where seq = ?"
                : "delete from library_search where rowid = ?")
        .setParameter(1, library.seq())
        .executeUpdate();
  }

  private void forgetTags(long seq) {
    entities
        .createNativeQuery("delete from library_tags where library = ?")
        .setParameter(1, seq)
        .executeUpdate();
  }

  private boolean isPostgresql() {
    return config.database().kind() == DatabaseUrl.Kind.POSTGRESQL;
  }

  /** Indexes a library as it is now, and its tags. */
  public void put(Library library) {
    long seq = library.seq();
    forgetTags(seq);
    for (String tag : library.tags().values()) {
      entities
          .createNativeQuery("insert into library_tags (tag, library) values (?, ?)")
          .setParameter(1, tag)
          .setParameter(2, seq)
          .executeUpdate();
    }
    List<String> name = Terms.of(library.name());
    List<String> tags = Terms.of(library.tags().toString());
    List<String> scope = Terms.of(library.scope());
    List<String> description =
        library.description() == null ? List.of() : Terms.of(library.description());
    if (isPostgresql()) {
      var weighted = new LinkedHashMap<Character, List<String>>();
      weighted.put('A', name);
      weighted.put('B', tags);
      weighted.put('C', scope);
      weighted.put('D', description);
      entities
          .createNativeQuery("update libraries set search = cast(? as tsvector) where seq = ?")
          .setParameter(1, tsvector(weighted))
          .setParameter(2, seq)
          .executeUpdate();
      return;
    }
    entities
        .createNativeQuery("delete from library_search where rowid = ?")
        .setParameter(1, seq)
        .executeUpdate();
    entities
        .createNativeQuery(
            "insert into library_search (rowid, name, tags, scope, description) values (?, ?, ?, ?, ?)")
        .setParameter(1, seq)
        .setParameter(2, String.join(" ", name))
        .setParameter(3, String.join(" ", tags))
        .setParameter(4, String.join(" ", scope))
        .setParameter(5, String.join(" ", description))
        .executeUpdate();
  }

  /**
   * A tsvector literal, made here since PostgreSQL's own parser knows no words without spaces.
   * Short prefixes become lexemes of their own: as prefix searches they would match half of the
   * index.
   */
  static String tsvector(Map<Character, List<String>> weighted) {
    var positions = new LinkedHashMap<String, StringBuilder>();
    var counts = new HashMap<String, Integer>();
    int position = 1;
    for (var entry : weighted.entrySet()) {
      for (String term : entry.getValue()) {
        int at = Math.min(position++, MAX_POSITION);
        note(positions, counts, term, at, entry.getKey());
        int length = term.codePointCount(0, term.length());
        for (int i = 1; i <= Math.min(length, INDEXED_PREFIX); i++) {
          String prefix = PREFIX_MARK + term.substring(0, term.offsetByCodePoints(0, i));
          if (!positions.containsKey(prefix)) {
            note(positions, counts, prefix, at, entry.getKey());
          }
        }
      }
    }
    return positions.entrySet().stream()
        .map(e -> quote(e.getKey()) + ":" + e.getValue())
        .collect(Collectors.joining(" "));
  }

  /** PostgreSQL keeps at most 255 positions of a lexeme. */
  private static void note(
      Map<String, StringBuilder> positions,
      Map<String, Integer> counts,
      String lexeme,
      int position,
      char weight) {
    if (counts.merge(lexeme, 1, Integer::sum) > 255) {
      return;
    }
    StringBuilder list = positions.computeIfAbsent(lexeme, key -> new StringBuilder());
    list.append(list.isEmpty() ? "" : ",").append(position).append(weight);
  }

  /** A lexeme as tsvector and tsquery literals write it. */
  public static String quote(String lexeme) {
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
