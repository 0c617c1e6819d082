package org.mdlibs.registry.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mdlibs.registry.scan.MalwareScan;

/**
 * The malware scanner scans. Where it is not required its absence is told, and the registry is
 * ready.
 */
@Readiness
@ApplicationScoped
public class ScannerHealth implements HealthCheck {
  private static final String NAME = "malware_scanner";

  @Inject private MalwareScan malware;
  @Inject private TimedCheck check;

  /** Whether there is anything to tell. */
  boolean isConfigured() {
    return malware.isConfigured();
  }

  @Override
  public HealthCheckResponse call() {
    if (!malware.isConfigured()) {
      return HealthCheckResponse.up(NAME);
    }
    HealthCheckResponse result = check.run(NAME, malware::probe);
    if (malware.isRequired() || result.getStatus() == HealthCheckResponse.Status.UP) {
      return result;
    }
    return HealthCheckResponse.named(NAME)
        .up()
        .withData("reason", "the scanner is down, and not required")
        .build();
  }
}
