package org.mdlibs.registry.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Small parts of the document. */
final class Parts {
  private Parts() {}

  static Schema of(SchemaType type) {
    return OASFactory.createSchema().type(type);
  }

  static Schema object(String description) {
    return of(SchemaType.OBJECT).description(description);
  }

  static Schema text(String description, Object example) {
    return of(SchemaType.STRING).description(description).example(example);
  }

  static Header header(String description, SchemaType type) {
    return OASFactory.createHeader().description(description).schema(of(type));
  }

  static Header headerRef(String name) {
    return OASFactory.createHeader().ref(name);
  }

  static Parameter parameter(Parameter.In in, String name, String description, Schema schema) {
    return OASFactory.createParameter().in(in).name(name).description(description).schema(schema);
  }

  static Parameter parameterRef(String name) {
    return OASFactory.createParameter().ref(name);
  }
}
