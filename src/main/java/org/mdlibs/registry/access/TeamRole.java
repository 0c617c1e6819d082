package org.mdlibs.registry.access;

import java.util.Locale;

/** What a user is in a team. */
public enum TeamRole {
  /** Manages the team, its members and its libraries. */
  ADMIN,
  /** Publishes in the team's scope and reads what is private there. */
  MEMBER;

  /** The name on the wire and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of a wire name.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static TeamRole parse(String wireName) {
    return switch (wireName) {
      case "admin" -> ADMIN;
      case "member" -> MEMBER;
      default -> throw new IllegalArgumentException("must be 'admin' or 'member'");
    };
  }
}
