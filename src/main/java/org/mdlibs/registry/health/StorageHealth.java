package org.mdlibs.registry.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mdlibs.registry.storage.Blobs;

/** The storage can be written and read. */
@Readiness
@ApplicationScoped
public class StorageHealth implements HealthCheck {
  @Inject private Blobs blobs;
  @Inject private TimedCheck check;

  @Override
  public HealthCheckResponse call() {
    return check.run("storage", blobs::probe);
  }
}
