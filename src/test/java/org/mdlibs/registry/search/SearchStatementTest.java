package org.mdlibs.registry.search;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.datasource.DatabaseUrl;

/** How SQLite goes about a search; PostgreSQL decides by its statistics. */
class SearchStatementTest {
  private Connection database;

  @BeforeEach
  void make_the_schema() throws SQLException, IOException {
    database = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (InputStream in = getClass().getResourceAsStream("/db/migration/sqlite/V1__registry.sql");
        Statement statement = database.createStatement()) {
      statement.executeUpdate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private List<String> plan(SearchStatement search) throws SQLException {
    try (PreparedStatement explain =
        database.prepareStatement("explain query plan " + search.sql())) {
      for (int i = 0; i < search.values().size(); i++) {
        explain.setObject(i + 1, search.values().get(i));
      }
      var steps = new ArrayList<String>();
      try (ResultSet rows = explain.executeQuery()) {
        while (rows.next()) {
          steps.add(rows.getString("detail"));
        }
      }
      return steps;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "downloads", "updated_at", "created_at"})
  void finds_a_rare_tag_without_reading_every_library(String sort) throws SQLException {
    var parameters = new MultivaluedHashMap<String, String>();
    parameters.add("tag", "rare");
    parameters.add("sort", sort);
    LibraryQuery query = LibraryQuery.of(parameters);
    DatabaseUrl.Kind sqlite = DatabaseUrl.Kind.SQLITE;
    assertThat(plan(SearchStatement.rows(query, Caller.ANONYMOUS, sqlite)))
        .noneMatch(step -> step.startsWith("SCAN l"));
    assertThat(plan(SearchStatement.total(query, Caller.ANONYMOUS, sqlite)))
        .noneMatch(step -> step.startsWith("SCAN l"));
  }
}
