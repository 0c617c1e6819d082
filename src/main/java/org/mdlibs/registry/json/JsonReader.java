package org.mdlibs.registry.json;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Reads a JSON body into a request record, strictly: a member of the wrong type is a fault, never
 * converted; all faults are told at once; members that nobody knows are ignored. At most 64 KiB.
 *
 * <p>Components may be {@code String}, {@code Boolean}, {@code Integer} and {@code List<String>};
 * an absent or null member is null. A component that is a {@code JsonValue} takes any type, and
 * tells null from absence. Problems: {@link ProblemType#MALFORMED_JSON}, {@link
 * ProblemType#INVALID_INPUT}, {@link ProblemType#BODY_TOO_LARGE}.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class JsonReader implements MessageBodyReader<Record> {
  private static final int MAX_BYTES = 64 * 1024;
  private static final JsonProvider JSON = JsonProvider.provider();

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.isRecord();
  }

  @Override
  public Record readFrom(
      Class<Record> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    return map(parse(body), type);
  }

  private static JsonObject parse(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new ProblemException(
          ProblemType.BODY_TOO_LARGE, "Send at most " + MAX_BYTES + " bytes of JSON.");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      try (var reader = JSON.createReader(new StringReader(text))) {
        if (reader.readValue() instanceof JsonObject object) {
          return object;
        }
      }
    } catch (CharacterCodingException e) {
      throw malformed("The body is not UTF-8.", e);
    } catch (RuntimeException e) {
      // Parsers differ: what is nested too deep is a plain RuntimeException for one of them.
      throw malformed("The body cannot be parsed as JSON.", e);
    }
    throw malformed("Send a JSON object.", null);
  }

  private static ProblemException malformed(String detail, Exception cause) {
    return new ProblemException(ProblemType.MALFORMED_JSON, detail, cause);
  }

  private static Record map(JsonObject object, Class<Record> type) {
    var faults = new Faults();
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      String member = WireName.of(components[i].getName());
      types[i] = components[i].getType();
      JsonValue value = object.get(member);
      if (types[i] == JsonValue.class) {
        values[i] = value;
      } else if (value != null && value != JsonValue.NULL) {
        values[i] = convert(member, value, types[i], faults);
      }
    }
    faults.throwIfAny();
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A request record must be public and plain: " + type, e);
    }
  }

  private static final Map<Class<?>, String> EXPECTED =
      Map.of(
          String.class, "must be a string",
          Boolean.class, "must be true or false",
          Integer.class, "must be a whole number",
          List.class, "must be an array of strings");

  private static Object convert(String member, JsonValue value, Class<?> type, Faults faults) {
    if (type == String.class && value instanceof JsonString text) {
      return text.getString();
    }
    if (type == Boolean.class && (value == JsonValue.TRUE || value == JsonValue.FALSE)) {
      return value == JsonValue.TRUE;
    }
    if (type == Integer.class && value instanceof JsonNumber number) {
      try {
        return number.intValueExact();
      } catch (ArithmeticException e) {
        faults.add(member, EXPECTED.get(type));
        return null;
      }
    }
    if (type == List.class
        && value.getValueType() == JsonValue.ValueType.ARRAY
        && value.asJsonArray().stream().allMatch(JsonString.class::isInstance)) {
      var texts = new ArrayList<String>();
      value.asJsonArray().forEach(element -> texts.add(((JsonString) element).getString()));
      return texts;
    }
    faults.add(member, EXPECTED.get(type));
    return null;
  }
}
