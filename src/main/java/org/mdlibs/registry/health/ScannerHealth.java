package org.mdlibs.registry.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mdlibs.registry.scan.MalwareScan;

/**
 * The malware scanner scans. Where it is not required its absence is told, and the registry is
 * ready.
 */
@Readiness
@ApplicationScoped
public class ScannerHealth extends DependencyCheck {
  private static final String NAME = "malware_scanner";

  @Inject private MalwareScan malware;

  @Override
  String name() {
    return NAME;
  }

  @Override
  public boolean isConfigured() {
    return malware.isConfigured();
  }

  @Override
  void probe() {
    malware.probe();
  }

  @Override
  public Supplier<HealthCheckResponse> begin() {
    if (!malware.isConfigured()) {
      return () -> Responses.up(NAME, Map.of());
    }
    Supplier<HealthCheckResponse> result = super.begin();
    return () -> judge(result.get());
  }

  private HealthCheckResponse judge(HealthCheckResponse result) {
    if (malware.isRequired() || result.getStatus() == HealthCheckResponse.Status.UP) {
      return result;
    }
    return Responses.up(NAME, Map.of("reason", "the scanner is down, and not required"));
  }
}
