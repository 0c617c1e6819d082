package org.mdlibs.registry.name;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a user or a team: the first part of {@code @scope/name}.
 *
 * <p>2 to 39 characters of {@code a-z 0-9 - . _}, starting and ending with a letter or digit, no
 * two marks in a row. Upper case is folded to lower case.
 *
 * @param value the lower-case name
 */
public record Scope(String value) {
  /** Longest scope, in characters. */
  public static final int MAX_LENGTH = 39;

  private static final Pattern SHAPE = Pattern.compile("[a-z0-9]+(?:[-._][a-z0-9]+)*");

  /**
   * Names that a path, a page or an office of the registry needs, or that would mislead a reader;
   * nobody can register them.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "about",
          "admin",
          "administrator",
          "anonymous",
          "api",
          "assets",
          "auth",
          "config",
          "docs",
          "download",
          "downloads",
          "everyone",
          "feed",
          "guest",
          "health",
          "help",
          "install",
          "latest",
          "libraries",
          "library",
          "login",
          "logout",
          "mcp",
          "mdlibs",
          "me",
          "metrics",
          "new",
          "none",
          "null",
          "oauth",
          "oidc",
          "official",
          "openapi",
          "owner",
          "private",
          "public",
          "publish",
          "register",
          "registry",
          "root",
          "scope",
          "scopes",
          "search",
          "security",
          "settings",
          "skills",
          "stats",
          "status",
          "support",
          "system",
          "team",
          "teams",
          "token",
          "tokens",
          "undefined",
          "user",
          "users",
          "well-known",
          "www");

  public Scope {
    if (value.length() < 2 || value.length() > MAX_LENGTH || !SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "must be 2 to 39 of a-z, 0-9, '-', '.' and '_', start and end with a letter or digit, and"
              + " have no two marks in a row");
    }
  }

  /**
   * Reads a scope as a person writes it: upper case is folded.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static Scope parse(String text) {
    // Only ASCII is folded: Unicode would turn the Kelvin sign into a 'k'.
    boolean ascii = text.chars().allMatch(c -> c < 128);
    return new Scope(ascii ? text.toLowerCase(Locale.ROOT) : text);
  }

  /**
   * Reads a scope that somebody wants to have.
   *
   * @throws IllegalArgumentException with a sentence that states the rule; also when it is reserved
   */
  public static Scope parseNew(String text) {
    Scope scope = parse(text);
    if (scope.isReserved()) {
      throw new IllegalArgumentException("is reserved; choose another");
    }
    return scope;
  }

  /** Whether nobody but the bootstrap administrator may have this name. */
  public boolean isReserved() {
    return RESERVED.contains(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
