package org.mdlibs.registry.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.mdlibs.registry.access.CalledUrl;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.feed.Releases.Release;
import org.mdlibs.registry.json.EntityTags;

/** Answers with a feed, or with 304 to who has it already. */
@ApplicationScoped
public class FeedAnswers {
  @Inject private RegistryConfig config;
  @Inject private HttpServletRequest request;

  Response of(String path, String title, List<Release> releases) {
    String base = config.url().orElseGet(() -> CalledUrl.of(request));
    byte[] feed = AtomFeed.of(base, "/api/v1" + path, title, releases);
    String etag = EntityTags.of(feed);
    boolean isShared = config.url().isPresent() && Callers.of(request).isAnonymous();
    var answer =
        EntityTags.match(request.getHeader(HttpHeaders.IF_NONE_MATCH), etag)
            ? Response.notModified()
            : Response.ok(feed, AtomFeed.MEDIA_TYPE + ";charset=utf-8");
    return answer
        .header(HttpHeaders.ETAG, etag)
        .header(HttpHeaders.VARY, "Authorization, Cookie")
        .header(HttpHeaders.CACHE_CONTROL, isShared ? "public, no-cache" : "private, no-cache")
        .build();
  }
}
