package org.mdlibs.registry.json;

/** Preconditions on entity tags. */
public final class EntityTags {
  private EntityTags() {}

  /**
   * Whether an {@code If-None-Match} header names an entity tag; compared weakly (RFC 9110
   * §13.1.2).
   *
   * @param header the header, or null
   * @param etag our strong tag, in its quotes
   */
  public static boolean match(String header, String etag) {
    if (header == null) {
      return false;
    }
    if (header.strip().equals("*")) {
      return true;
    }
    for (String tag : header.split(",", -1)) {
      String stripped = tag.strip();
      if ((stripped.startsWith("W/") ? stripped.substring(2) : stripped).equals(etag)) {
        return true;
      }
    }
    return false;
  }
}
