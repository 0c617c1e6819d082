package org.mdlibs.registry.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.problem.Faults;

/**
 * Which accounts are wanted; null lets every one through.
 *
 * @param suspended whether an administrator, or its source, closed it
 * @param text a part of the username or of the e-mail address, in lower case
 */
public record UserFilter(String text, Role role, Boolean suspended) {
  private static final int MAX_CHARACTERS = 255;

  /** Reads the query parameters, and notes what is wrong with them. */
  static UserFilter parse(String text, String role, String suspended, Faults faults) {
    return new UserFilter(
        faults.optional("q", text, UserFilter::text).filter(t -> !t.isEmpty()).orElse(null),
        faults.optional("role", role, UserFilter::role).orElse(null),
        faults.optional("suspended", suspended, UserFilter::bool).orElse(null));
  }

  private static String text(String text) {
    if (text.codePointCount(0, text.length()) > MAX_CHARACTERS) {
      throw new IllegalArgumentException("must be at most " + MAX_CHARACTERS + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("must have no control characters");
    }
    return text.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of a wire name.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  static Role role(String text) {
    for (Role role : Role.values()) {
      if (role.wireName().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("must be 'user' or 'admin'");
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be 'true' or 'false'");
    };
  }

  /** Conditions on the row {@code u}; adds the values that they take, in order. */
  String conditions(List<Object> values) {
    var conditions = new ArrayList<String>();
    conditions.add("u.erased_at is null");
    if (text != null) {
      String pattern = "%" + text.replaceAll("[!%_]", "!$0") + "%";
      conditions.add("(u.username like ? escape '!' or u.email_key like ? escape '!')");
      values.add(pattern);
      values.add(pattern);
    }
    if (role != null) {
      conditions.add("u.role = ?");
      values.add(role.name());
    }
    if (suspended != null) {
      // As the index users_closed is spelled, so that it serves.
      String closed = "(u.suspended or u.closed_by_source)";
      conditions.add(suspended ? closed : "not " + closed);
    }
    return String.join(" and ", conditions);
  }
}
