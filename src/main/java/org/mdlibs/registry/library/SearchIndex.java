package org.mdlibs.registry.library;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.ArrayList;
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
    if (!isPostgresql()) {
      entities
          .createNativeQuery("delete from library_search where rowid = ?")
          .setParameter(1, seq)
          .executeUpdate();
    }
    Entry entry =
        Entry.of(
            config.database().kind(),
            seq,
            library.scope(),
            library.name(),
            library.description(),
            library.tags().toString());
    Query insert = entities.createNativeQuery(entry.sql());
    for (int i = 0; i < entry.values().size(); i++) {
      insert.setParameter(i + 1, entry.values().get(i));
    }
    insert.executeUpdate();
  }

  /**
   * How a library gets into the index that has nothing of it yet.
   *
   * @param values of the statement's parameters, in order
   */
  public record Entry(String sql, List<Object> values) {
    /**
     * The entry of a library.
     *
     * @param seq its number
     * @param description null where there is none
     * @param tags as the column holds them
     */
    public static Entry of(
        DatabaseUrl.Kind kind,
        long seq,
        String scope,
        String name,
        String description,
        String tags) {
      var weighted = new LinkedHashMap<Character, List<String>>();
      weighted.put('A', Terms.of(name));
      weighted.put('B', Terms.of(tags));
      weighted.put('C', Terms.of(scope));
      weighted.put('D', description == null ? List.of() : Terms.of(description));
      if (kind == DatabaseUrl.Kind.POSTGRESQL) {
        return new Entry(
            "update libraries set search = cast(? as tsvector) where seq = ?",
            List.of(tsvector(weighted), seq));
      }
      var values = new ArrayList<Object>(List.of(seq));
      weighted.values().forEach(terms -> values.add(String.join(" ", terms)));
      return new Entry(
          "insert into library_search (rowid, name, tags, scope, description) values (?, ?, ?, ?, ?)",
          List.copyOf(values));
    }
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
