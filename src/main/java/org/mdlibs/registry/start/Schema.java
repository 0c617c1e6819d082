package org.mdlibs.registry.start;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.maintenance.Migrations;

/**
 * Brings the database to the schema of this version; several nodes that start at once take turns.
 */
@ApplicationScoped
public class Schema {
  @Resource(lookup = "java:app/jdbc/registry-read")
  private DataSource database;

  @Inject private RegistryConfig config;

  /**
   * Runs the migrations that are missing.
   *
   * @throws IllegalStateException when there is no schema afterwards
   */
  public void migrate() {
    Migrations.run(database, config.database().kind());
  }
}
