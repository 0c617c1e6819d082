package org.mdlibs.registry.json;

import java.util.Locale;

/** The spelling of a record's component on the wire: {@code snake_case}. */
public final class WireName {
  private WireName() {}

  /** The member that a component is. */
  public static String of(String component) {
    return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
