package org.mdlibs.registry.admin;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Rows of SQL statements, whose columns come in other types from each database. */
final class Rows {
  private Rows() {}

  /** The rows of a statement, its values bound in order. */
  @SuppressWarnings("unchecked")
  static List<Object[]> of(
      EntityManager entities, String sql, List<Object> values, Object... further) {
    Query query = bind(entities.createNativeQuery(sql), values);
    for (int i = 0; i < further.length; i++) {
      query.setParameter(values.size() + i + 1, further[i]);
    }
    return query.getResultList();
  }

  /** How many rows a statement has; counting ends at one more than {@code most}. */
  static long count(EntityManager entities, String sql, int most, List<Object> values) {
    String counted = "select count(*) from (" + sql + " limit " + (most + 1) + ") found";
    return number(bind(entities.createNativeQuery(counted), values).getSingleResult());
  }

  private static Query bind(Query query, List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    return query;
  }

  static UUID uuid(Object column) {
    return UUID.fromString(column.toString());
  }

  static long number(Object column) {
    return ((Number) column).longValue();
  }

  static boolean bool(Object column) {
    return column instanceof Boolean bool ? bool : number(column) != 0;
  }

  /** SQLite has no type for times: its driver hands out milliseconds. */
  static Instant instant(Object column) {
    return column instanceof Timestamp timestamp
        ? timestamp.toInstant()
        : Instant.ofEpochMilli(number(column));
  }
}
