package org.mdlibs.registry.config;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The origins (RFC 6454 §6.2) whose pages may read the registry's answers. */
public final class AllowedOrigins {
  /** No other site's. */
  public static final AllowedOrigins NONE = new AllowedOrigins(Set.of());

  private static final String ANY = "*";
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?");

  private final Set<String> origins;

  private AllowedOrigins(Set<String> origins) {
    this.origins = origins;
  }

  /**
   * Reads origins as browsers spell them, separated by commas; or {@code *} alone, which is
   * everybody's.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static AllowedOrigins parse(String text) {
    var origins = new TreeSet<String>();
    for (String part : text.split(",", -1)) {
      String origin = part.strip();
      if (!ORIGIN.matcher(origin).matches() && !text.strip().equals(ANY)) {
        throw new IllegalArgumentException(
            "must be origins such as https://docs.example.org,http://localhost:3000, or '*', not '"
                + origin
                + "'");
      }
      origins.add(origin);
    }
    return new AllowedOrigins(Set.copyOf(origins));
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return origins.isEmpty();
  }

  /** Whether everybody's are allowed; then none of them with a browser's own credentials. */
  public boolean isAny() {
    return origins.contains(ANY);
  }

  /**
   * Whether the pages of an origin may read answers.
   *
   * @param origin as the header {@code Origin} has it
   */
  public boolean allow(String origin) {
    return isAny() || origins.contains(origin);
  }
}
