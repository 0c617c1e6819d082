package org.mdlibs.registry.config;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Rows of SQL statements, whose columns come in other types from each database. */
public final class Rows {
  private static final int[] PARTS = {100, 10, 1};

  private Rows() {}

  /** The rows of a statement, its values bound in order. */
  @SuppressWarnings("unchecked")
  public static List<Object[]> of(
      EntityManager entities, String sql, List<Object> values, Object... further) {
    Query query = bind(entities.createNativeQuery(sql), values);
    for (int i = 0; i < further.length; i++) {
      query.setParameter(values.size() + i + 1, further[i]);
    }
    return query.getResultList();
  }

  /** How many rows a statement has; counting ends at one more than {@code most}. */
  public static long count(EntityManager entities, String sql, int most, List<Object> values) {
    String counted = "select count(*) from (" + sql + " limit " + (most + 1) + ") found";
    return number(bind(entities.createNativeQuery(counted), values).getSingleResult());
  }

  private static Query bind(Query query, List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    return query;
  }

  /** So many parameters: {@code ?, ?, ?}. */
  public static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /**
   * Cuts what goes into several statements into parts of 100, 10 and 1: so there are few different
   * statements, and the drivers keep them prepared.
   */
  public static <T> List<List<T>> parts(List<T> rows) {
    var parts = new ArrayList<List<T>>();
    int begin = 0;
    for (int size : PARTS) {
      while (rows.size() - begin >= size) {
        parts.add(rows.subList(begin, begin + size));
        begin += size;
      }
    }
    return parts;
  }

  /** A column that holds a UUID, or its text. */
  public static UUID uuid(Object column) {
    return UUID.fromString(column.toString());
  }

  /** A column of any numeric type. */
  public static long number(Object column) {
    return ((Number) column).longValue();
  }

  /** A column that is true or false, or 1 or 0. */
  public static boolean bool(Object column) {
    return column instanceof Boolean bool ? bool : number(column) != 0;
  }

  /** A time; SQLite has no type for it: its driver hands out milliseconds. */
  public static Instant instant(Object column) {
    return column instanceof Timestamp timestamp
        ? timestamp.toInstant()
        : Instant.ofEpochMilli(number(column));
  }
}
