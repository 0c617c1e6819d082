package org.mdlibs.registry.config;

import org.eclipse.persistence.platform.database.PostgreSQLPlatform;

/** EclipseLink's view of both databases: the SQL that PostgreSQL and SQLite share. */
public class EitherDatabase extends PostgreSQLPlatform {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean supportsSequenceObjects() {
    return false;
  }

  @Override
  public boolean supportsIdentity() {
    return false;
  }
}
