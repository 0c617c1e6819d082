package org.mdlibs.registry.json;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import org.mdlibs.registry.name.Paging;

/** The {@code Link} header (RFC 8288) that leads from one page of a list to the others. */
public final class PageLinks {
  private PageLinks() {}

  /**
   * The answer with a page.
   *
   * @param total rows of all pages; pages past {@link Paging#MAX_ROW} are not led to
   * @param path of the list, from the root
   */
  public static Response answer(Record page, long total, UriInfo uri, String path, Paging paging) {
    return Response.ok(page).header("Link", header(uri, path, paging, total)).build();
  }

  private static String header(UriInfo uri, String path, Paging paging, long total) {
    long rows = Math.min(total, Paging.MAX_ROW);
    int size = paging.perPage();
    int last = (int) Math.max(1, Math.min((rows + size - 1) / size, Paging.MAX_ROW / size));
    var links = new ArrayList<String>();
    links.add(link(uri, path, "first", 1));
    if (paging.page() > 1) {
      links.add(link(uri, path, "prev", Math.min(paging.page() - 1, last)));
    }
    if (paging.page() < last) {
      links.add(link(uri, path, "next", paging.page() + 1));
    }
    links.add(link(uri, path, "last", last));
    return String.join(", ", links);
  }

  /** Relative to the request (RFC 8288 §3.2): a forged Host header chooses no address. */
  private static String link(UriInfo uri, String path, String relation, int page) {
    String query = uri.getRequestUriBuilder().replaceQueryParam("page", page).build().getRawQuery();
    return "<" + path + "?" + query + ">; rel=\"" + relation + "\"";
  }
}
