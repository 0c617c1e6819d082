package org.mdlibs.registry.search;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.datasource.DatabaseUrl;
import org.mdlibs.registry.name.Paging;
import org.mdlibs.registry.name.Tags;
import org.mdlibs.registry.search.SearchPage.FoundLibrary;

/** Runs searches, outside of any transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Search {
  @PersistenceContext private EntityManager entities;
  @Inject private RegistryConfig config;

  /** The page that a query asks for, of what its caller may see. */
  public SearchPage page(LibraryQuery query, Caller caller) {
    DatabaseUrl.Kind database = config.database().kind();
    List<FoundLibrary> rows =
        run(SearchStatement.rows(query, caller, database)).stream().map(Search::row).toList();
    Paging paging = query.paging();
    boolean complete = rows.size() < paging.perPage() && (!rows.isEmpty() || paging.page() == 1);
    long total =
        complete
            ? (long) paging.offset() + rows.size()
            : ((Number) run1(SearchStatement.total(query, caller, database))).longValue();
    boolean capped = total > Paging.MAX_ROW;
    return new SearchPage(
        rows,
        capped ? Paging.MAX_ROW : total,
        capped ? Boolean.TRUE : null,
        paging.page(),
        paging.perPage());
  }

  @SuppressWarnings("unchecked")
  private List<Object[]> run(SearchStatement statement) {
    return bind(statement).getResultList();
  }

  private Object run1(SearchStatement statement) {
    return bind(statement).getSingleResult();
  }

  private jakarta.persistence.Query bind(SearchStatement statement) {
    var query = entities.createNativeQuery(statement.sql());
    int position = 1;
    for (Object value : statement.values()) {
      query.setParameter(position++, value);
    }
    return query;
  }

  private static FoundLibrary row(Object[] row) {
    return new FoundLibrary(
        (String) row[0],
        (String) row[1],
        (String) row[2],
        (String) row[3],
        Tags.ofStored((String) row[4]).values(),
        (String) row[5],
        (String) row[6],
        (String) row[7],
        ((Number) row[8]).longValue(),
        Rows.instant(row[9]),
        Rows.instant(row[10]));
  }
}
