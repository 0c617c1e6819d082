package org.mdlibs.registry.access;

import java.util.Locale;

/** What an account is in the whole registry. */
public enum Role {
  USER,
  ADMIN;

  /** The name that {@code @RolesAllowed} takes for everybody who has an account. */
  public static final String USER_NAME = "user";

  /** The name that {@code @RolesAllowed} takes for the registry's administrators. */
  public static final String ADMIN_NAME = "admin";

  /** The name on the wire and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a wire name. */
  public static Role of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
