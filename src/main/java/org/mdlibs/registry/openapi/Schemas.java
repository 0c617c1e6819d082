package org.mdlibs.registry.openapi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.mdlibs.registry.json.WireName;

/**
 * Completes the schemas of the records: the spelling of the wire, what the words mean, and which
 * members are always there. Of an answer that is every member, unless its component is marked as
 * nullable: null is left out of answers, so nothing is nullable in them.
 */
final class Schemas {
  private static final String PREFIX = "#/components/schemas/";

  private final OpenAPI api;
  private final Map<String, Schema> schemas;

  Schemas(OpenAPI api) {
    this.api = api;
    this.schemas = api.getComponents().getSchemas();
  }

  void complete() {
    Set<String> sent = new HashSet<>();
    api.getPaths()
        .getPathItems()
        .values()
        .forEach(item -> item.getOperations().values().forEach(o -> body(o, sent)));
    schemas.forEach(
        (name, schema) -> {
          spell(schema);
          if (!sent.contains(name)) {
            answer(schema);
          }
          if (schema.getProperties() != null) {
            schema.getProperties().forEach((word, part) -> Vocabulary.explain(name, word, part));
          }
        });
  }

  private void body(Operation operation, Set<String> sent) {
    if (operation.getRequestBody() == null) {
      return;
    }
    Content content = operation.getRequestBody().getContent();
    for (MediaType type : content.getMediaTypes().values()) {
      collect(type.getSchema(), sent);
      Map<String, Schema> parts = type.getSchema().getProperties();
      if (parts != null) {
        parts.forEach((word, part) -> Vocabulary.explain(operation.getOperationId(), word, part));
      }
    }
  }

  /** Adds the names of a schema and of all that it refers to. */
  private void collect(Schema schema, Set<String> names) {
    if (schema == null) {
      return;
    }
    if (schema.getRef() != null) {
      String name = schema.getRef().substring(PREFIX.length());
      if (names.add(name)) {
        collect(schemas.get(name), names);
      }
      return;
    }
    collect(schema.getItems(), names);
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(part -> collect(part, names));
    }
  }

  private static void spell(Schema schema) {
    if (schema.getProperties() == null) {
      return;
    }
    var properties = new LinkedHashMap<String, Schema>();
    schema
        .getProperties()
        .forEach((component, part) -> properties.put(WireName.of(component), part));
    schema.setProperties(properties);
    if (schema.getRequired() != null) {
      schema.setRequired(schema.getRequired().stream().map(WireName::of).toList());
    }
  }

  private static void answer(Schema schema) {
    if (schema.getProperties() == null) {
      return;
    }
    List<String> required = new ArrayList<>();
    schema
        .getProperties()
        .forEach(
            (name, part) -> {
              if (Boolean.TRUE.equals(part.getNullable())) {
                part.setNullable(null);
              } else {
                required.add(name);
              }
              if (part.getType() == SchemaType.INTEGER && part.getMinimum() == null) {
                part.setMinimum(BigDecimal.ZERO);
              }
            });
    schema.setRequired(required);
  }
}
