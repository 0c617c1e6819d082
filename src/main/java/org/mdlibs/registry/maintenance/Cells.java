package org.mdlibs.registry.maintenance;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;

/** Values of columns as JSON, the same whichever database they come from or go to. */
final class Cells {
  private Cells() {}

  /** Writes the value of a column; times as RFC 3339, bytes as Base64. */
  static void write(JsonGenerator json, ResultSet row, int index, Table.Type type)
      throws SQLException {
    if (row.getObject(index) == null) {
      json.writeNull();
      return;
    }
    switch (type) {
      case TEXT, UUID -> json.write(row.getString(index));
      case NUMBER -> json.write(row.getLong(index));
      case BOOLEAN -> json.write(row.getBoolean(index));
      case TIME -> json.write(row.getTimestamp(index).toInstant().toString());
      case BYTES -> json.write(Base64.getEncoder().encodeToString(row.getBytes(index)));
      default -> throw new IllegalStateException(type.name());
    }
  }

  /**
   * Binds a value.
   *
   * @throws IllegalArgumentException when it is none of the column's type
   */
  static void bind(PreparedStatement statement, int index, Table.Type type, JsonValue value)
      throws SQLException {
    if (value.getValueType() == JsonValue.ValueType.NULL) {
      statement.setNull(index, sqlType(type));
      return;
    }
    try {
      switch (type) {
        case TEXT -> statement.setString(index, text(value));
        case UUID -> statement.setObject(index, UUID.fromString(text(value)));
        case NUMBER -> statement.setLong(index, ((JsonNumber) value).longValueExact());
        case BOOLEAN -> statement.setBoolean(index, bool(value));
        case TIME -> statement.setTimestamp(index, Timestamp.from(Instant.parse(text(value))));
        case BYTES -> statement.setBytes(index, Base64.getDecoder().decode(text(value)));
        default -> throw new IllegalStateException(type.name());
      }
    } catch (ClassCastException | ArithmeticException | DateTimeParseException e) {
      throw new IllegalArgumentException("'" + value + "' is no " + type, e);
    }
  }

  private static String text(JsonValue value) {
    return ((JsonString) value).getString();
  }

  private static boolean bool(JsonValue value) {
    return switch (value.getValueType()) {
      case TRUE -> true;
      case FALSE -> false;
      default -> throw new IllegalArgumentException("'" + value + "' is neither true nor false");
    };
  }

  private static int sqlType(Table.Type type) {
    return switch (type) {
      case TEXT -> Types.VARCHAR;
      case UUID -> Types.OTHER;
      case NUMBER -> Types.BIGINT;
      case BOOLEAN -> Types.BOOLEAN;
      case TIME -> Types.TIMESTAMP;
      case BYTES -> Types.BINARY;
    };
  }
}
