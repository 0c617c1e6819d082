package org.mdlibs.registry.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.Readiness;
import org.mdlibs.registry.user.Users;

/** The database answers a query. */
@Readiness
@ApplicationScoped
public class DatabaseHealth extends DependencyCheck {
  @Inject private Users users;

  @Override
  String name() {
    return "database";
  }

  @Override
  void probe() {
    users.isEmpty();
  }
}
