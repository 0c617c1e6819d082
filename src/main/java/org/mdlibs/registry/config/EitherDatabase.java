package org.mdlibs.registry.config;

import java.sql.Types;
import org.eclipse.persistence.internal.helper.DatabaseField;
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

  /** An absent UUID would go as an absent text, which PostgreSQL refuses for a column of UUIDs. */
  @Override
  public int getJDBCTypeForSetNull(DatabaseField field) {
    int type = super.getJDBCTypeForSetNull(field);
    return type == Types.VARCHAR ? Types.NULL : type;
  }
}
