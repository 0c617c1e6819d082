package org.mdlibs.registry.token;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.mdlibs.registry.json.EntityTags;
import org.mdlibs.registry.problem.ReadOnlyServlet;

/**
 * {@code GET /.well-known/jwks.json}: the public keys that login tokens are verified with, those
 * that will sign soon included. A servlet, since the path is outside of the REST interface's.
 */
public class JwksServlet extends ReadOnlyServlet {
  private static final long serialVersionUID = 1L;

  /** Much shorter than {@link KeySchedule#AHEAD}, so that no cache lacks a key that signs. */
  private static final int MAX_AGE_SECONDS = 900;

  @Inject private transient KeyRing ring;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = ring.publicKeys().getBytes(StandardCharsets.UTF_8);
    String etag = EntityTags.of(body);
    response.setHeader("ETag", etag);
    response.setHeader("Cache-Control", "public, max-age=" + MAX_AGE_SECONDS);
    if (EntityTags.match(request.getHeader("If-None-Match"), etag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType("application/jwk-set+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
