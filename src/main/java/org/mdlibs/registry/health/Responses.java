package org.mdlibs.registry.health;

import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * Makes the answers of checks. MicroProfile Health's own builder asks the server for an
 * implementation, which not every server has: the WAR brings the interface alone.
 */
final class Responses {
  private Responses() {}

  static HealthCheckResponse up(String name, Map<String, Object> data) {
    return of(name, Status.UP, data);
  }

  static HealthCheckResponse down(String name, Map<String, Object> data) {
    return of(name, Status.DOWN, data);
  }

  private static HealthCheckResponse of(String name, Status status, Map<String, Object> data) {
    return new HealthCheckResponse(
        name, status, data.isEmpty() ? Optional.empty() : Optional.of(data));
  }
}
