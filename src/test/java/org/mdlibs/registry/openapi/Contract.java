package org.mdlibs.registry.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The document, to hold answers against: an answer may have no member that it does not tell. */
final class Contract {
  private static final Set<String> VERBS =
      Set.of("get", "head", "post", "put", "patch", "delete", "options");

  /** That of OpenAPI 3.0, to which the components of a document mean nothing by themselves. */
  private static final JsonMetaSchema DIALECT =
      JsonMetaSchema.builder(OpenApi30.getInstance())
          .keyword(new NonValidationKeyword("components"))
          .build();

  /** An operation. */
  record Operation(String verb, String path, JsonNode node) {
    String id() {
      return node.path("operationId").asText();
    }

    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  private final JsonNode document;
  private final JsonNode strict;
  private final Map<JsonNode, JsonSchema> schemas = new HashMap<>();
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V4,
          builder -> builder.metaSchema(DIALECT).defaultMetaSchemaIri(DIALECT.getIri()));

  private Contract(JsonNode document) {
    this.document = document;
    this.strict = document.deepCopy();
    strict.at("/components/schemas").forEach(Contract::close);
  }

  /** Reads what the build made. */
  static Contract read() {
    Path yaml = Path.of(System.getProperty("registry.openapi"));
    try {
      return new Contract(
          new ObjectMapper().readTree(yaml.resolveSibling("openapi.json").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
  }

  JsonNode document() {
    return document;
  }

  /** What a reference refers to. */
  JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? strict.at(node.path("$ref").asText().substring(1)) : node;
  }

  List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    for (var path : strict.path("paths").properties()) {
      for (var verb : path.getValue().properties()) {
        if (VERBS.contains(verb.getKey())) {
          operations.add(
              new Operation(
                  verb.getKey().toUpperCase(Locale.ROOT), path.getKey(), verb.getValue()));
        }
      }
    }
    return operations;
  }

  /**
   * What of an answer the document does not tell; empty when it is as told.
   *
   * @param type the media type, without its parameters; empty for none
   */
  String fault(Operation operation, int status, String type, String body) {
    JsonNode responses = operation.node().path("responses");
    JsonNode response = resolve(responses.path(String.valueOf(status)));
    if (response.isMissingNode() && (status == 405 || status == 414)) {
      response = resolve(responses.path("default"));
    }
    if (response.isMissingNode()) {
      return "a status that is not told";
    }
    JsonNode content = response.path("content");
    if (body.isEmpty()) {
      return content.isMissingNode() || operation.verb().equals("HEAD") ? "" : "no body";
    }
    if (!content.has(type)) {
      return "a content type that is not told: " + type;
    }
    return type.endsWith("json") ? violation(content.path(type).path("schema"), body) : "";
  }

  private String violation(JsonNode schema, String body) {
    try {
      return schema(schema).validate(new ObjectMapper().readTree(body)).stream()
          .map(Object::toString)
          .collect(Collectors.joining("; "));
    } catch (IOException e) {
      return "no JSON";
    }
  }

  private JsonSchema schema(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema,
        key -> {
          ObjectNode root = JsonNodeFactory.instance.objectNode();
          root.putArray("allOf").add(key);
          root.set("components", strict.path("components"));
          return factory.getSchema(root);
        });
  }
}
