package org.mdlibs.registry.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.Readiness;
import org.mdlibs.registry.storage.Blobs;

/** The storage can be written and read. */
@Readiness
@ApplicationScoped
public class StorageHealth extends DependencyCheck {
  @Inject private Blobs blobs;

  @Override
  String name() {
    return "storage";
  }

  @Override
  void probe() {
    blobs.probe();
  }
}
