package org.mdlibs.registry.start;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.mdlibs.registry.config.RegistryConfig;

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
    String kind = config.database().kind().name().toLowerCase(Locale.ROOT);
    var flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(database)
            .locations("classpath:db/migration/" + kind)
            .validateMigrationNaming(true)
            .load();
    flyway.migrate();
    if (flyway.info().current() == null) {
      throw new IllegalStateException("No migration was found: the database has no schema");
    }
  }
}
