package org.mdlibs.registry.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mdlibs.registry.user.Users;

/** The database answers a query. */
@Readiness
@ApplicationScoped
public class DatabaseHealth implements HealthCheck {
  @Inject private Users users;
  @Inject private TimedCheck check;

  @Override
  public HealthCheckResponse call() {
    return check.run("database", users::isEmpty);
  }
}
