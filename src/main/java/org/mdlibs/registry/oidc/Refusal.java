package org.mdlibs.registry.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.mdlibs.registry.problem.Problem;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.RequestId;

/** The answer to a sign-on that failed: a page for a browser, the problem's JSON for all others. */
final class Refusal {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <title>%1$s</title>
      <h1>%1$s</h1>
      <p>%2$s</p>
      <p><a href="/">Back to the registry</a></p>
      <p><small>%3$s, request %4$s</small></p>
      </html>
      """;

  private Refusal() {}

  static Response of(ProblemException e, HttpServletRequest request, String clearCookie) {
    Problem problem = Problem.of(e, RequestId.of(request));
    boolean browser =
        String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains(MediaType.TEXT_HTML);
    return Response.status(problem.type().status())
        .type(browser ? "text/html;charset=UTF-8" : Problem.MEDIA_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(HttpHeaders.SET_COOKIE, clearCookie)
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .entity(browser ? page(problem) : problem.toJson())
        .build();
  }

  private static String page(Problem problem) {
    return PAGE.formatted(
        escaped(problem.type().title()),
        escaped(problem.detail()),
        problem.type().name(),
        escaped(problem.requestId()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
