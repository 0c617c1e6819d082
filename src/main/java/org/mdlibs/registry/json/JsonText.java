package org.mdlibs.registry.json;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The JSON of a record: its components in their order, in {@code snake_case}, null ones left out.
 *
 * <p>Not by Jakarta JSON Binding: that has no order for the components of records (JSON-B 3.0 §3.12
 * sorts them by name), and an answer that begins with what it is about is one that people can read.
 */
public final class JsonText {
  private static final int INITIAL_BYTES = 1024;

  /** Kept, since every call of {@code Json} looks the provider up anew: dearer than the writing. */
  private static final JsonGeneratorFactory GENERATORS =
      JsonProvider.provider().createGeneratorFactory(Map.of());

  private static final ClassValue<Member[]> MEMBERS =
      new ClassValue<>() {
        @Override
        protected Member[] computeValue(Class<?> type) {
          var components = type.getRecordComponents();
          var members = new Member[components.length];
          for (int i = 0; i < members.length; i++) {
            members[i] =
                new Member(WireName.of(components[i].getName()), components[i].getAccessor());
          }
          return members;
        }
      };

  private record Member(String name, Method accessor) {}

  private JsonText() {}

  /**
   * Writes a public record. Components may be records, lists, maps, strings, numbers, booleans,
   * {@link UUID}, {@link Instant} (RFC 3339, whole milliseconds, UTC).
   */
  public static byte[] of(Record value) {
    var bytes = new ByteArrayOutputStream(INITIAL_BYTES);
    try (JsonGenerator json = GENERATORS.createGenerator(bytes)) {
      write(json, value);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Object value) {
    if (value instanceof String text) {
      json.write(text);
    } else if (value instanceof Long || value instanceof Integer) {
      json.write(((Number) value).longValue());
    } else if (value instanceof Boolean bool) {
      json.write(bool);
    } else if (value instanceof Instant instant) {
      json.write(instant.truncatedTo(ChronoUnit.MILLIS).toString());
    } else if (value instanceof UUID) {
      json.write(value.toString());
    } else if (value instanceof Record composite) {
      json.writeStartObject();
      for (Member member : MEMBERS.get(composite.getClass())) {
        Object part = part(member, composite);
        if (part != null) {
          json.writeKey(member.name());
          write(json, part);
        }
      }
      json.writeEnd();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      list.forEach(element -> write(json, element));
      json.writeEnd();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      map.forEach(
          (key, element) -> {
            json.writeKey(String.valueOf(key));
            write(json, element);
          });
      json.writeEnd();
    } else {
      throw new IllegalArgumentException("Answers have no such type: " + value.getClass());
    }
  }

  private static Object part(Member member, Record composite) {
    try {
      return member.accessor().invoke(composite);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("An answer must be a public record", e);
    }
  }
}
