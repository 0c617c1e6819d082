package org.mdlibs.registry.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparingSourceTest {
  @TempDir private Path folder;

  private static void run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  @Test
  void a_statement_that_failed_is_prepared_anew() throws IOException, SQLException {
    try (Connection connection =
        RegistryDataSource.open(DatabaseUrl.parse("", folder)).getConnection()) {
      String insert = "insert into t values (1)";
      run(connection, "create table t (x)");
      run(connection, insert);
      run(connection, "drop table t");
      assertThatThrownBy(() -> run(connection, insert)).hasMessageContaining("no such table");
      run(connection, "create table t (x)");
      run(connection, insert);
      try (PreparedStatement count = connection.prepareStatement("select count(*) from t");
          var row = count.executeQuery()) {
        row.next();
        assertThat(row.getInt(1)).isEqualTo(1);
      }
    }
  }
}
