package org.mdlibs.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mdlibs.cli.Http.Answer;

/** Reads a registry's JSON, which may be anything: every wrong shape ends in a {@link Failure}. */
final class Json {
  /** Largest answer that is read, in bytes. */
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private Json() {}

  /**
   * The body of an answer with the expected status; an empty one is an empty object.
   *
   * @throws Failure the registry's problem when the status is another
   */
  static JsonObject read(Answer answer, int expected) {
    if (answer.status() != expected) {
      throw Problem.failure(answer);
    }
    return parse(answer);
  }

  /** The body of an answer, whatever its status. */
  static JsonObject parse(Answer answer) {
    try {
      byte[] bytes = answer.body().readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unexpected("more than 16 MiB");
      }
      if (bytes.length == 0) {
        return new JsonObject();
      }
      JsonElement json = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8));
      if (!json.isJsonObject()) {
        throw unexpected("JSON that is no object");
      }
      return json.getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw unexpected("no JSON");
    } catch (IOException e) {
      throw new Failure(
          ExitCode.NETWORK,
          "The registry's answer was cut off: " + e.getMessage(),
          "Try again.",
          e);
    }
  }

  static Failure unexpected(String what) {
    return new Failure(
        ExitCode.FAILED,
        "The registry answered with " + what + ".",
        "Check that the address is a registry's: mdlibs registry list");
  }

  /** A text, or null when it is absent or of another type. */
  static String text(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
  }

  static String required(JsonObject json, String name) {
    String value = text(json, name);
    if (value == null) {
      throw unexpected("no '" + name + "'");
    }
    return value;
  }

  /** A whole number, or 0. */
  static long number(JsonObject json, String name) {
    try {
      String value = text(json, name);
      return value == null ? 0 : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw unexpected("a '" + name + "' that is no number");
    }
  }

  static boolean flag(JsonObject json, String name) {
    return "true".equals(text(json, name));
  }

  static JsonObject object(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
  }

  /** A list, or an empty one. */
  static JsonArray list(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value != null && value.isJsonArray() ? value.getAsJsonArray() : new JsonArray();
  }

  /** The objects of a list; others are passed over. */
  static List<JsonObject> objects(JsonObject json, String name) {
    var objects = new ArrayList<JsonObject>();
    for (JsonElement element : list(json, name)) {
      if (element.isJsonObject()) {
        objects.add(element.getAsJsonObject());
      }
    }
    return objects;
  }

  /** The texts of a list; others are passed over. */
  static List<String> texts(JsonObject json, String name) {
    var texts = new ArrayList<String>();
    for (JsonElement element : list(json, name)) {
      if (element.isJsonPrimitive()) {
        texts.add(element.getAsString());
      }
    }
    return texts;
  }

  static JsonArray array(Iterable<String> texts) {
    var array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
