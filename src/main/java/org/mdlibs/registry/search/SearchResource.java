package org.mdlibs.registry.search;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.library.LibraryAccess;
import org.mdlibs.registry.name.Paging;

/** Finds libraries. */
@Path("libraries")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SearchResource {
  @Inject private Search search;
  @Inject private LibraryAccess access;
  @Inject private HttpServletRequest request;

  /**
   * Finds by {@code q}, {@code tag}, {@code scope}, {@code license}; sorts by {@code sort} and
   * {@code order}; pages by {@code page} and {@code per_page}. The {@code Link} header (RFC 8288)
   * leads to the other pages. 400, 401.
   */
  @GET
  @PermitAll
  @Needs(Permission.READ)
  public Response search(@Context UriInfo uri) {
    Caller caller = Callers.of(request);
    access.requireReader(caller);
    LibraryQuery query = LibraryQuery.of(uri.getQueryParameters());
    SearchPage page = search.page(query, caller);
    return Response.ok(page).header("Link", String.join(", ", links(uri, page))).build();
  }

  private static List<String> links(UriInfo uri, SearchPage page) {
    long rows = Math.min(page.total(), Paging.MAX_ROW);
    int last =
        (int)
            Math.max(
                1,
                Math.min(
                    (rows + page.perPage() - 1) / page.perPage(), Paging.MAX_ROW / page.perPage()));
    var links = new ArrayList<String>();
    links.add(link(uri, "first", 1));
    if (page.page() > 1) {
      links.add(link(uri, "prev", Math.min(page.page() - 1, last)));
    }
    if (page.page() < last) {
      links.add(link(uri, "next", page.page() + 1));
    }
    links.add(link(uri, "last", last));
    return links;
  }

  /** Relative to the request (RFC 8288 §3.2): a forged Host header chooses no address. */
  private static String link(UriInfo uri, String relation, int page) {
    String query = uri.getRequestUriBuilder().replaceQueryParam("page", page).build().getRawQuery();
    return "</api/v1/libraries?" + query + ">; rel=\"" + relation + "\"";
  }
}
