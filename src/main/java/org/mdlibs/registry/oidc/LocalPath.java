package org.mdlibs.registry.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * A path of this registry that a browser may be sent to. Anything that a browser could read as
 * another host is refused: {@code //host}, {@code /\host}, a scheme, control characters.
 */
final class LocalPath {
  private static final int MAX_LENGTH = 1000;
  private static final Pattern PRINTABLE = Pattern.compile("[!-~&&[^\\\\]]+");

  private LocalPath() {}

  /**
   * Checks a path, with or without a query.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  static String parse(String text) {
    if (text.length() > MAX_LENGTH
        || !PRINTABLE.matcher(text).matches()
        || !text.startsWith("/")
        || text.startsWith("//")
        || !isRelative(text)) {
      throw new IllegalArgumentException("must be a path of this registry, as /device");
    }
    return text;
  }

  private static boolean isRelative(String text) {
    try {
      URI uri = new URI(text);
      return uri.getScheme() == null && uri.getRawAuthority() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
