package org.mdlibs.registry.health;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mdlibs.registry.config.Build;
import org.mdlibs.registry.problem.ReadOnlyServlet;

/**
 * {@code /health}, {@code /health/ready}: 200 when all checks are up, else 503. {@code
 * /health/live}: 200 while the process answers at all. A servlet, since some servers answer
 * MicroProfile Health on their management port alone.
 */
public class HealthServlet extends ReadOnlyServlet {
  private static final long serialVersionUID = 1L;
  private static final JsonProvider JSON = JsonProvider.provider();

  @Inject @Any private transient Instance<HealthCheck> checks;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean live = request.getServletPath().endsWith("/live");
    boolean up = true;
    JsonObjectBuilder results = JSON.createObjectBuilder();
    if (!live) {
      for (HealthCheck check : checks.select(new ReadinessLiteral())) {
        if (check instanceof ScannerHealth scanner && !scanner.isConfigured()) {
          continue;
        }
        HealthCheckResponse result = check.call();
        up &= result.getStatus() == HealthCheckResponse.Status.UP;
        results.add(result.getName(), json(result));
      }
    }
    byte[] body =
        JSON.createObjectBuilder()
            .add("status", up ? "UP" : "DOWN")
            .add("checks", results)
            .add("version", Build.VERSION)
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(up ? 200 : 503);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static JsonObjectBuilder json(HealthCheckResponse result) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("status", result.getStatus().name());
    result
        .getData()
        .ifPresent(data -> data.forEach((key, value) -> json.add(key, String.valueOf(value))));
    return json;
  }

  private static final class ReadinessLiteral extends AnnotationLiteral<Readiness>
      implements Readiness {
    private static final long serialVersionUID = 1L;
  }
}
