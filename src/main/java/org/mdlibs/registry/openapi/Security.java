package org.mdlibs.registry.openapi;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;

/** Which credentials operations take. */
final class Security {
  static final String BEARER = "bearer";
  static final String SESSION = "session";

  static final String METRICS = "metrics";

  private Security() {}

  /** The token of the metrics or, where none is configured, none. */
  static List<SecurityRequirement> ofMetrics() {
    return List.of(
        OASFactory.createSecurityRequirement(),
        OASFactory.createSecurityRequirement().addScheme(METRICS));
  }

  /** One of them. */
  static List<SecurityRequirement> required() {
    return List.of(
        OASFactory.createSecurityRequirement().addScheme(BEARER),
        OASFactory.createSecurityRequirement().addScheme(SESSION));
  }

  /** One of them or, where anonymous callers are let in, none. */
  static List<SecurityRequirement> optional() {
    return List.of(
        OASFactory.createSecurityRequirement(),
        OASFactory.createSecurityRequirement().addScheme(BEARER),
        OASFactory.createSecurityRequirement().addScheme(SESSION));
  }
}
