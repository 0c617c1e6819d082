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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mdlibs.registry.config.Build;
import org.mdlibs.registry.config.Stopping;
import org.mdlibs.registry.http.Traffic;
import org.mdlibs.registry.problem.ReadOnlyServlet;
import org.mdlibs.registry.readonly.ReadOnly;

/**
 * {@code /health}, {@code /health/ready}: 200 when all checks are up, else 503. {@code
 * /health/live}: 200 while the process answers at all. Also whether the registry is read-only,
 * which is no illness, and how a stop goes on. A servlet, since some servers answer MicroProfile
 * Health on their management port alone.
 */
public class HealthServlet extends ReadOnlyServlet {
  private static final long serialVersionUID = 1L;
  private static final JsonProvider JSON = JsonProvider.provider();

  @Inject @Any private transient Instance<HealthCheck> checks;
  @Inject private transient ReadOnly readOnly;
  @Inject private transient Traffic traffic;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean live = request.getServletPath().endsWith("/live");
    List<HealthCheckResponse> results = live ? List.of() : results();
    boolean up = results.stream().allMatch(r -> r.getStatus() == HealthCheckResponse.Status.UP);
    JsonObjectBuilder told = JSON.createObjectBuilder();
    results.forEach(result -> told.add(result.getName(), json(result)));
    JsonObjectBuilder health =
        JSON.createObjectBuilder()
            .add("status", up ? "UP" : "DOWN")
            .add("checks", told)
            .add("version", Build.VERSION);
    if (!live) {
      // A database that hangs was found out above, and must not hang this.
      (up ? readOnly.mode() : readOnly.lastMode())
          .ifPresent(mode -> health.add("read_only", mode.reason()));
    }
    byte[] body = health.build().toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(up ? 200 : 503);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Of a server that stops that alone, and how many requests it waits for. */
  private List<HealthCheckResponse> results() {
    if (Stopping.current() != Stopping.NO) {
      return List.of(Responses.down("stopping", Map.of("requests", traffic.underWay())));
    }
    return begun().stream()
        .map(Supplier::get)
        .sorted(Comparator.comparing(HealthCheckResponse::getName))
        .toList();
  }

  /** All checks run side by side: together they take no longer than the slowest. */
  private List<Supplier<HealthCheckResponse>> begun() {
    var begun = new ArrayList<Supplier<HealthCheckResponse>>();
    for (HealthCheck check : checks.select(new ReadinessLiteral())) {
      if (!(check instanceof DependencyCheck dependency)) {
        begun.add(check::call);
      } else if (dependency.isConfigured()) {
        begun.add(dependency.begin());
      }
    }
    return begun;
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
