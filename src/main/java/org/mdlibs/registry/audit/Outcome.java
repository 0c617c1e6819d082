package org.mdlibs.registry.audit;

import java.util.Locale;

/** How an act ended. */
public enum Outcome {
  SUCCESS,
  /** The credentials were wrong, or the input was. */
  FAILURE,
  /** The caller was known and may not do it. */
  DENIED;

  /** The name on the wire and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
