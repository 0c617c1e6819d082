package org.mdlibs.registry.maintenance;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table of the schema, read from the database itself so that none can be forgotten.
 *
 * @param columns in an order of the database's choice
 */
record Table(String name, List<Column> columns) {
  /** What the migrations write, and what is true of a running registry alone. */
  private static final Set<String> NOT_OURS =
      Set.of("flyway_schema_history", "job_turns", "rate_limit_buckets", "read_only");

  private static final String SEARCH_INDEX = "library_search";

  /** The kinds of values, in the types of both databases. */
  enum Type {
    TEXT,
    UUID,
    NUMBER,
    BOOLEAN,
    TIME,
    BYTES;

    static Type of(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "text", "varchar" -> TEXT;
        case "uuid" -> UUID;
        case "integer", "bigint", "int2", "int4", "int8", "bigserial" -> NUMBER;
        case "boolean", "bool" -> BOOLEAN;
        case "timestamp", "timestamptz" -> TIME;
        case "blob", "bytea" -> BYTES;
        default -> throw new IllegalStateException("backups know no columns of type " + name);
      };
    }
  }

  /** A column. */
  record Column(String name, Type type) {}

  /** All of them, each after those that its foreign keys refer to. */
  static List<Table> all(Connection connection) throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    var names = new ArrayList<String>();
    try (ResultSet row =
        data.getTables(
            connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
      while (row.next()) {
        String name = row.getString("TABLE_NAME");
        if (!NOT_OURS.contains(name)
            && !name.startsWith(SEARCH_INDEX)
            && !name.startsWith("sqlite_")) {
          names.add(name);
        }
      }
    }
    Collections.sort(names);
    var parents = new TreeMap<String, Set<String>>();
    for (String name : names) {
      parents.put(name, parents(connection, name));
    }
    var tables = new ArrayList<Table>();
    for (String name : inOrder(parents)) {
      tables.add(new Table(name, columns(connection, name)));
    }
    return List.copyOf(tables);
  }

  private static Set<String> parents(Connection connection, String name) throws SQLException {
    var parents = new LinkedHashSet<String>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getImportedKeys(connection.getCatalog(), connection.getSchema(), name)) {
      while (row.next()) {
        parents.add(row.getString("PKTABLE_NAME"));
      }
    }
    return parents;
  }

  private static List<String> inOrder(Map<String, Set<String>> parents) {
    var ordered = new LinkedHashSet<String>();
    while (ordered.size() < parents.size()) {
      int before = ordered.size();
      parents.forEach(
          (name, needed) -> {
            if (ordered.containsAll(needed)) {
              ordered.add(name);
            }
          });
      if (ordered.size() == before) {
        throw new IllegalStateException("tables refer to each other: " + parents.keySet());
      }
    }
    return List.copyOf(ordered);
  }

  private static List<Column> columns(Connection connection, String table) throws SQLException {
    var columns = new LinkedHashMap<String, Type>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), table, "%")) {
      while (row.next()) {
        String type = row.getString("TYPE_NAME");
        // PostgreSQL's search index, which is made anew.
        if (!type.equals("tsvector")) {
          columns.put(row.getString("COLUMN_NAME"), Type.of(type));
        }
      }
    }
    return columns.entrySet().stream().map(e -> new Column(e.getKey(), e.getValue())).toList();
  }

  String select() {
    return "select " + names() + " from " + name;
  }

  /** With the numbers of the backup, also where the database would give them. */
  String insert(boolean isPostgresql) {
    return "insert into "
        + name
        + " ("
        + names()
        + ")"
        + (isPostgresql ? " overriding system value" : "")
        + " values ("
        + String.join(", ", Collections.nCopies(columns.size(), "?"))
        + ")";
  }

  private String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** The same table with its columns as another names them. */
  Table inOrderOf(List<String> names) {
    Map<String, Column> known =
        columns.stream().collect(Collectors.toMap(Column::name, column -> column));
    if (names.size() != columns.size() || !known.keySet().containsAll(names)) {
      throw new IllegalArgumentException(
          "the table %s has the columns %s here, and %s in the backup"
              .formatted(name, known.keySet(), names));
    }
    return new Table(name, names.stream().map(known::get).toList());
  }
}
