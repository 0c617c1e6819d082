package org.mdlibs.registry.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.datasource.DatabaseUrl;
import org.mdlibs.registry.library.SearchIndex;
import org.mdlibs.registry.library.Terms;
import org.mdlibs.registry.search.LibraryQuery.Sort;

/**
 * The SQL of a search, with its values bound in order. Only the two fragments that name the
 * full-text index differ between the databases.
 *
 * <p>Relevance: of any {@value #MATCHES} matches the {@value #CANDIDATES} most downloaded are
 * ranked; libraries that have the very name come first, whatever the bounds. So a word that half of
 * the libraries hold costs no more than a rare one.
 */
final class SearchStatement {
  private static final int MATCHES = 3_000;
  private static final int CANDIDATES = 500;
  private static final int MAX_TOTAL = 10_000;
  private static final int EXACT_NAMES = 100;
  private static final String SHOWN =
      "l.scope, l.name, l.latest_version, l.description, l.tags, l.license, l.visibility,"
          + " l.deprecation, l.downloads, l.created_at, l.updated_at";

  private static final String POPULAR = " order by %1$sdownloads desc, %1$sseq";
  private static final String OTHERS =
      "select seq, score, downloads from matching where seq not in (select seq from exact)"
          + POPULAR.formatted("");

  private final LibraryQuery query;
  private final Caller caller;
  private final boolean postgresql;
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  private SearchStatement(LibraryQuery query, Caller caller, DatabaseUrl.Kind database) {
    this.query = query;
    this.caller = caller;
    this.postgresql = database == DatabaseUrl.Kind.POSTGRESQL;
  }

  /** The rows of the page. */
  static SearchStatement rows(LibraryQuery query, Caller caller, DatabaseUrl.Kind database) {
    var statement = new SearchStatement(query, caller, database);
    if (query.sort() == Sort.RELEVANCE) {
      statement.ranked();
    } else {
      statement.sorted();
    }
    return statement;
  }

  /** How many there are, at most one more than {@link #MAX_TOTAL}. */
  static SearchStatement total(LibraryQuery query, Caller caller, DatabaseUrl.Kind database) {
    var statement = new SearchStatement(query, caller, database);
    statement.sql.append("select count(*) from (select 1");
    statement.fromMatches();
    statement.sql.append(" limit ").append(MAX_TOTAL + 1).append(") found");
    return statement;
  }

  String sql() {
    return sql.toString();
  }

  List<Object> values() {
    return values;
  }

  private void sorted() {
    String direction = query.descending() ? " desc" : " asc";
    sql.append("select ").append(SHOWN);
    fromMatches();
    sql.append(" order by l.")
        .append(query.sort().name().toLowerCase(Locale.ROOT))
        .append(direction)
        .append(", l.seq")
        .append(direction);
    page();
  }

  /**
   * Exact names first, then the ranked candidates, then what lies beyond the bound in the order of
   * the candidates; the parts do not overlap, so that pages neither repeat nor lose a library. Only
   * the rows of the page are read whole.
   */
  private void ranked() {
    sql.append("with exact as (select l.seq, l.downloads from libraries l where l.name = ?");
    values.add(query.text().toLowerCase(Locale.ROOT));
    filters();
    sql.append(POPULAR.formatted("l.")).append(" limit ").append(EXACT_NAMES);
    sql.append("), matching as (select l.seq, l.downloads, ");
    // FTS5 ranks while it matches and nowhere else; PostgreSQL better ranks the candidates alone.
    sql.append(postgresql ? "0.0" : "-bm25(library_search, 10.0, 4.0, 2.0, 1.0)");
    sql.append(" as score");
    fromMatches();
    sql.append(" limit ").append(Math.max(MATCHES, query.paging().offset() * 2));
    sql.append("), candidate as (").append(OTHERS).append(" limit ").append(CANDIDATES);
    sql.append("), found as (select seq, 0 as part, 0.0 as score, downloads from exact union all ");
    if (postgresql) {
      sql.append("select c.seq, 1, ts_rank(l.search, cast(? as tsquery)), c.downloads")
          .append(" from candidate c join libraries l on l.seq = c.seq");
      values.add(tsquery());
    } else {
      sql.append("select seq, 1, score, downloads from candidate");
    }
    int end = query.paging().offset() + query.paging().perPage();
    if (end > CANDIDATES) {
      sql.append(" union all select seq, 2, 0.0, downloads from (")
          .append(OTHERS)
          .append(" limit ")
          .append(end)
          .append(" offset ")
          .append(CANDIDATES)
          .append(") rest");
    }
    sql.append("), page as (select seq, part, score, downloads from found")
        .append(" order by part, score desc, downloads desc, seq");
    page();
    sql.append(") select ")
        .append(SHOWN)
        .append(" from page join libraries l on l.seq = page.seq")
        .append(" order by page.part, page.score desc, page.downloads desc, page.seq");
  }

  private void fromMatches() {
    boolean words = !query.terms().isEmpty();
    if (words && !postgresql) {
      sql.append(" from library_search join libraries l on l.seq = library_search.rowid")
          .append(" where library_search match ?");
      values.add(fts5());
    } else if (words) {
      sql.append(" from libraries l where l.search @@ cast(? as tsquery)");
      values.add(tsquery());
    } else {
      sql.append(" from libraries l where 1 = 1");
    }
    filters();
  }

  private void filters() {
    sql.append(" and l.versions_count > 0");
    if (!caller.isAdministrator()) {
      if (caller.isAnonymous()) {
        sql.append(" and l.visibility = 'public'");
      } else {
        sql.append(" and (l.visibility = 'public' or l.scope_id in (?");
        values.add(id(caller.id()));
        caller
            .teams()
            .keySet()
            .forEach(
                team -> {
                  sql.append(", ?");
                  values.add(id(team));
                });
        sql.append("))");
      }
    }
    if (query.scope() != null) {
      sql.append(" and l.scope = ?");
      values.add(query.scope());
    }
    if (query.license() != null) {
      sql.append(" and l.license = ?");
      values.add(query.license());
    }
    // SQLite begins at the libraries of an "in", which a rare tag needs, and does not look at an
    // "exists" before it has the library, which a search for words needs.
    String tagged =
        query.terms().isEmpty()
            ? " and l.seq in (select t.library from library_tags t where t.tag = ?)"
            : " and exists (select 1 from library_tags t where t.tag = ? and t.library = l.seq)";
    for (String tag : query.tags()) {
      sql.append(tagged);
      values.add(tag);
    }
  }

  private Object id(UUID id) {
    return postgresql ? id : id.toString();
  }

  private void page() {
    sql.append(" limit ")
        .append(query.paging().perPage())
        .append(" offset ")
        .append(query.paging().offset());
  }

  /** {@code "a" AND "b" AND "c" *}: every term is a quoted string, so no syntax gets in. */
  private String fts5() {
    return query.terms().terms().stream()
        .map(
            wanted ->
                '"' + wanted.text().replace("\"", "\"\"") + (wanted.isPrefix() ? "\" *" : "\""))
        .collect(Collectors.joining(" AND "));
  }

  private String tsquery() {
    return query.terms().terms().stream()
        .map(SearchStatement::lexeme)
        .collect(Collectors.joining(" & "));
  }

  private static String lexeme(Terms.Wanted wanted) {
    String text = wanted.text();
    if (!wanted.isPrefix()) {
      return SearchIndex.quote(text);
    }
    return text.codePointCount(0, text.length()) <= SearchIndex.INDEXED_PREFIX
        ? SearchIndex.quote(SearchIndex.PREFIX_MARK + text)
        : SearchIndex.quote(text) + ":*";
  }
}
