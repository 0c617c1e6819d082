package org.mdlibs.registry.metrics;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.problem.Problem;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.problem.RequestId;

/**
 * {@code GET /metrics}: all metrics in the text format of Prometheus. Open, or for whoever sends
 * the token of the settings: this path is outside of the users' authentication. 401.
 */
public class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Its path. */
  public static final String PATH = "/metrics";

  private static final String SCHEME = "Bearer ";

  @Inject private transient Metrics metrics;
  @Inject private transient RegistryConfig config;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getPathInfo() != null) {
      refuse(ProblemType.NOT_FOUND, "All metrics are at " + PATH + ".", request, response);
      return;
    }
    if (!config.metricsEnabled()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    if (!isLetIn(request.getHeader("Authorization"))) {
      String detail = "Send 'Authorization: Bearer' with the token of the metrics.";
      refuse(ProblemType.AUTHENTICATION_REQUIRED, detail, request, response);
      return;
    }
    byte[] body = metrics.scrape().getBytes(StandardCharsets.UTF_8);
    response.setContentType("text/plain; version=0.0.4; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static void refuse(
      ProblemType type, String detail, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    new Problem(type, detail, RequestId.of(request), List.of()).sendTo(response);
  }

  private boolean isLetIn(String authorization) {
    Optional<String> token = config.metricsToken();
    if (token.isEmpty()) {
      return true;
    }
    if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, 7)) {
      return false;
    }
    String sent = authorization.substring(SCHEME.length()).strip();
    // Takes as long whatever the two have in common.
    return MessageDigest.isEqual(bytes(token.get()), bytes(sent));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
