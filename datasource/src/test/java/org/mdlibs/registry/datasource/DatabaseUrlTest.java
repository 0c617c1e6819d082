package org.mdlibs.registry.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  private static final Path HOME = Path.of("/srv/home");

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "sqlite:"})
  void is_a_file_in_home_by_default(String url) {
    assertThat(DatabaseUrl.parse(url, HOME))
        .isEqualTo(
            new DatabaseUrl(
                DatabaseUrl.Kind.SQLITE, "jdbc:sqlite:/srv/home/mdlibs.db", null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite:/data/a.db", "sqlite:///data/a.db", "jdbc:sqlite:/data/a.db"})
  void takes_a_sqlite_file(String url) {
    assertThat(DatabaseUrl.parse(url, HOME).jdbcUrl()).isEqualTo("jdbc:sqlite:/data/a.db");
  }

  @Test
  void takes_user_and_password_out_of_a_postgresql_url() {
    DatabaseUrl database =
        DatabaseUrl.parse("postgresql://jo%40x:p%3Aw+%2F@db.acme:5433/reg?sslmode=require", HOME);
    assertThat(database.jdbcUrl()).isEqualTo("jdbc:postgresql://db.acme:5433/reg?sslmode=require");
    assertThat(database.user()).isEqualTo("jo@x");
    assertThat(database.password()).isEqualTo("p:w+/");
    assertThat(database).hasToString("postgresql://db.acme:5433/reg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mysql://x/y", "postgresql://", "postgresql://host", "postgresql://ho st/db"})
  void refuses_nonsense_with_the_key(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url, HOME))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("MDLIBS_DATABASE_URL");
  }
}
