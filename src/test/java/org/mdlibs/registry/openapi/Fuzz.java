package org.mdlibs.registry.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;

/** Makes requests that are nearly right, from the document and from chance. */
final class Fuzz {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "0",
          "-1",
          "1.5",
          "true",
          "null",
          "latest",
          "1.0.0",
          "9".repeat(30),
          "x".repeat(300),
          "..",
          "../../etc/passwd",
          "a/b",
          "%00",
          "\u0000",
          "\r\nX-Injected: 1",
          "' or 1=1 --",
          "\"><script>",
          "${jndi:ldap://x}",
          "\u00e9\u0301\u202e\u200b",
          "\ud83d\ude00\ud83d\ude00",
          "\ud800",
          "\uffff",
          "@ann/notes",
          "2026-01-31T00:00:00Z",
          "2026-13-99T99:99:99Z",
          "0000-01-01T00:00:00+18:00",
          "00000000-0000-0000-0000-000000000000");

  /**
   * What in a path the registry never learns of: with an empty segment and {@code ..} it is another
   * path, and Payara itself answers NUL (400) and {@code ..} at the end; others more.
   */
  private static final Set<String> BEFORE_THE_REGISTRY = Set.of("", "..", "\u0000");

  private static final List<String> TYPES =
      List.of(
          "text/plain",
          "application/json",
          "application/json; charset=utf-16",
          "application/xml",
          "multipart/form-data",
          "multipart/form-data; boundary=",
          "application/x-www-form-urlencoded",
          "*/*",
          "json",
          "/;;");

  private static final List<String> ACCEPTED =
      List.of(
          "*/*",
          "application/json",
          "application/json;q=0",
          "application/json;q=2",
          "text/html, */*;q=0.1",
          "image/png",
          "application/x-ndjson",
          "application/problem+json",
          "q=1",
          ",",
          "application/");

  private static final List<String> RANGES =
      List.of("bytes=0-0", "bytes=-1", "bytes=9-1", "bytes=0-0,2-3", "bytes=99999999999999999999-");

  private final Random random;
  private final Map<String, List<String>> known;
  private final boolean controlInPaths;

  /**
   * A source of requests.
   *
   * @param controlInPaths whether the server lets the registry see control characters in a path
   * @param known values of parameters that lead to something, by their names
   */
  Fuzz(long seed, boolean controlInPaths, Map<String, List<String>> known) {
    this.controlInPaths = controlInPaths;
    this.random = new Random(seed);
    this.known = known;
  }

  private <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  private boolean inOneOf(int many) {
    return random.nextInt(many) == 0;
  }

  /** A request for an operation, as some caller. */
  HttpRequest.Builder request(Contract contract, Contract.Operation operation, RegistryClient as) {
    String path = operation.path();
    var query = new ArrayList<String>();
    var headers = new ArrayList<String>();
    for (JsonNode reference : operation.node().path("parameters")) {
      JsonNode parameter = contract.resolve(reference);
      String name = parameter.path("name").asText();
      switch (parameter.path("in").asText()) {
        case "path" -> path = path.replace("{" + name + "}", encode(segment(operation, name)));
        case "query" -> query(query, name, parameter.path("schema"));
        default -> {
          if (inOneOf(3)) {
            headers.addAll(List.of(name, name.equals("Range") ? any(RANGES) : "\"x\", W/\"y\", *"));
          }
        }
      }
    }
    if (inOneOf(8)) {
      query.add("unknown=" + encode(any(TEXTS)));
    }
    if (inOneOf(4)) {
      headers.addAll(List.of("Accept", any(ACCEPTED)));
    }
    HttpRequest.Builder request =
        as.request(path + (query.isEmpty() ? "" : "?" + String.join("&", query)));
    // Each from elsewhere, so that what is throttled by address is throttled here alone.
    headers.addAll(List.of("X-Forwarded-For", "203.0.113." + random.nextInt(250)));
    request.headers(headers.toArray(String[]::new));
    return body(contract, operation, request);
  }

  private String segment(Contract.Operation operation, String name) {
    List<String> leading =
        known.getOrDefault(operation.path().split("/", -1)[3] + "." + name, List.of());
    if (leading.isEmpty()) {
      leading = known.getOrDefault(name, List.of());
    }
    if (!leading.isEmpty() && !inOneOf(3)) {
      return any(leading);
    }
    String text = any(TEXTS);
    boolean answered =
        BEFORE_THE_REGISTRY.contains(text)
            || (!controlInPaths && text.chars().anyMatch(Character::isISOControl));
    return answered ? "x" : text;
  }

  private void query(List<String> query, String name, JsonNode schema) {
    int times = random.nextInt(3);
    for (int i = 0; i < times; i++) {
      JsonNode value = inOneOf(2) ? valid(schema, name) : JSON.textNode(any(TEXTS));
      query.add(name + "=" + encode(value.isArray() ? "a,b" : value.asText()));
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder body(
      Contract contract, Contract.Operation operation, HttpRequest.Builder request) {
    JsonNode content = operation.node().at("/requestBody/content");
    if (content.isMissingNode()) {
      return request.method(operation.verb(), BodyPublishers.noBody());
    }
    String type = any(content.properties().stream().map(Map.Entry::getKey).sorted().toList());
    JsonNode schema = contract.resolve(content.path(type).path("schema"));
    byte[] bytes =
        type.startsWith("multipart")
            ? form(schema)
            : type.endsWith("json")
                ? json(schema).getBytes(StandardCharsets.UTF_8)
                : parameters(schema).getBytes(StandardCharsets.UTF_8);
    String told = type.startsWith("multipart") ? RegistryClient.FORM_TYPE : type;
    if (inOneOf(10)) {
      told = any(TYPES);
    }
    BodyPublisher publisher = BodyPublishers.ofByteArray(bytes);
    return request.header("Content-Type", told).method(operation.verb(), publisher);
  }

  private String json(JsonNode schema) {
    if (inOneOf(8)) {
      return any(
          List.of(
              "", "null", "[]", "1", "{", "{}", "{\"a\":", "\u00ff", "[".repeat(5000), " {} x"));
    }
    ObjectNode object = JSON.objectNode();
    for (var member : schema.path("properties").properties()) {
      switch (random.nextInt(5)) {
        case 0 -> object.set(member.getKey(), wrong());
        case 1 -> {
          // Left out.
        }
        default -> object.set(member.getKey(), valid(member.getValue(), member.getKey()));
      }
    }
    if (inOneOf(6)) {
      object.set("unknown", wrong());
    }
    if (inOneOf(40)) {
      object.put("huge", "x".repeat(70_000));
    }
    return object.toString();
  }

  /** A value of any type. */
  private JsonNode wrong() {
    return switch (random.nextInt(9)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(new BigInteger("9".repeat(1 + random.nextInt(30))));
      case 3 -> JSON.numberNode(-random.nextInt(5) - 0.5);
      case 4 -> JSON.arrayNode().add(any(TEXTS)).add(1).addNull();
      case 5 -> JSON.objectNode().put("a", any(TEXTS));
      default -> JSON.textNode(any(TEXTS));
    };
  }

  /** A value that the schema lets through. */
  private JsonNode valid(JsonNode schema, String name) {
    if (schema.has("enum")) {
      JsonNode values = schema.path("enum");
      return values.get(random.nextInt(values.size()));
    }
    return switch (schema.path("type").asText()) {
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer" ->
          JSON.numberNode(
              inOneOf(2) ? schema.path("minimum").asLong(0) : schema.path("maximum").asLong(100));
      case "array" -> JSON.arrayNode().add(valid(schema.path("items"), name));
      default ->
          JSON.textNode(
              known.containsKey(name)
                  ? any(known.get(name))
                  : name.equals("username") || name.equals("name")
                      ? "fuzz" + random.nextInt(1_000_000)
                      : name.equals("email")
                          ? "fuzz" + random.nextInt(1_000_000) + "@example.org"
                          : schema.path("example").asText("text"));
    };
  }

  private String parameters(JsonNode schema) {
    var fields = new ArrayList<String>();
    for (var member : schema.path("properties").properties()) {
      if (!inOneOf(4)) {
        fields.add(
            member.getKey()
                + "="
                + (inOneOf(3) ? any(TEXTS) : encode(valid(member.getValue(), "").asText())));
      }
    }
    return String.join("&", fields);
  }

  private byte[] form(JsonNode schema) {
    var fields = new ArrayList<String>();
    for (var member : schema.path("properties").properties()) {
      if (!member.getKey().equals("file") && inOneOf(3)) {
        String text = inOneOf(2) ? any(TEXTS) : valid(member.getValue(), member.getKey()).asText();
        fields.addAll(List.of(member.getKey(), text));
      }
    }
    return RegistryClient.form(archive(), fields.toArray(String[]::new));
  }

  private byte[] archive() {
    byte[] whole =
        ArchiveBuilder.archive("fuzz-" + random.nextInt(1000), "1.0." + random.nextInt(1000))
            .bytes();
    switch (random.nextInt(4)) {
      case 0 -> {
        return null;
      }
      case 1 -> whole[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> {
        return java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
      }
      default -> {
        return whole;
      }
    }
    return whole;
  }
}
