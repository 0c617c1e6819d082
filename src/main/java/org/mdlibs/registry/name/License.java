package org.mdlibs.registry.name;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A licence expression as <a
 * href="https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/">SPDX 2.3, annex D</a>
 * writes it, of at most 50 characters: known identifiers (also with {@code +}), {@code
 * LicenseRef-…}, {@code AND}, {@code OR}, {@code WITH} a known exception, parentheses. Identifiers
 * are matched whatever their case and stored as the SPDX list spells them.
 *
 * @param expression the expression, in canonical spelling, which has a space around each operator
 */
public record License(String expression) {
  /** Longest expression, in characters. */
  public static final int MAX_LENGTH = 50;

  private static final Map<String, String> LICENSES = read("spdx-licenses.txt");
  private static final Map<String, String> EXCEPTIONS = read("spdx-exceptions.txt");
  private static final Pattern TOKEN = Pattern.compile("\\s*([()]|[A-Za-z0-9.:+-]+)");
  private static final Pattern REFERENCE =
      Pattern.compile("(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+");

  /**
   * Reads an expression, whatever the case of its identifiers.
   *
   * @throws IllegalArgumentException with a sentence that names the part that is not known and the
   *     nearest identifier that is
   */
  public static License parse(String text) {
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      throw tooLong();
    }
    String expression = new Parser(text.strip()).parse();
    if (expression.length() > MAX_LENGTH) {
      throw tooLong();
    }
    return new License(expression);
  }

  private static IllegalArgumentException tooLong() {
    return new IllegalArgumentException("must be an SPDX expression of at most 50 characters");
  }

  @Override
  public String toString() {
    return expression;
  }

  /** Recursive descent over {@code or := and ("OR" and)*}, {@code and := unit ("AND" unit)*}. */
  private static final class Parser {
    private final Matcher tokens;
    private final int length;
    private final StringBuilder canonical = new StringBuilder();
    private int position;
    private String token = "";

    Parser(String text) {
      tokens = TOKEN.matcher(text);
      length = text.length();
      next();
    }

    String parse() {
      alternatives();
      if (!token.isEmpty()) {
        throw malformed();
      }
      return canonical.toString();
    }

    private void alternatives() {
      conjunction();
      while (token.equalsIgnoreCase("OR")) {
        canonical.append(" OR ");
        next();
        conjunction();
      }
    }

    private void conjunction() {
      unit();
      while (token.equalsIgnoreCase("AND")) {
        canonical.append(" AND ");
        next();
        unit();
      }
    }

    private void unit() {
      if (token.equals("(")) {
        canonical.append('(');
        next();
        alternatives();
        if (!token.equals(")")) {
          throw malformed();
        }
        canonical.append(')');
        next();
        return;
      }
      canonical.append(license());
      next();
      if (token.equalsIgnoreCase("WITH")) {
        next();
        canonical.append(" WITH ").append(known(EXCEPTIONS, "exception"));
        next();
      }
    }

    private String license() {
      if (REFERENCE.matcher(token).matches()) {
        return token;
      }
      if (token.endsWith("+")
          && LICENSES.containsKey(lower(token.substring(0, token.length() - 1)))) {
        return LICENSES.get(lower(token.substring(0, token.length() - 1))) + "+";
      }
      return known(LICENSES, "licence");
    }

    private String known(Map<String, String> names, String kind) {
      if (token.isEmpty() || token.equals("(") || token.equals(")")) {
        throw malformed();
      }
      String name = names.get(lower(token));
      if (name == null) {
        throw new IllegalArgumentException(
            "'"
                + token
                + "' is no SPDX "
                + kind
                + "; did you mean '"
                + nearest(names, token)
                + "'?");
      }
      return name;
    }

    private void next() {
      if (position == length) {
        token = "";
        return;
      }
      tokens.region(position, length);
      if (!tokens.lookingAt()) {
        throw malformed();
      }
      token = tokens.group(1);
      position = tokens.end();
    }

    private static IllegalArgumentException malformed() {
      return new IllegalArgumentException(
          "must be an SPDX expression such as MIT, Apache-2.0 OR MIT, or LicenseRef-Acme");
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String nearest(Map<String, String> names, String text) {
    String wanted = lower(text);
    return names.entrySet().stream()
        .min(
            Comparator.<Map.Entry<String, String>>comparingInt(e -> distance(wanted, e.getKey()))
                .thenComparing(Map.Entry::getKey))
        .orElseThrow()
        .getValue();
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  /** The identifiers of the SPDX list, by their lower case. */
  private static Map<String, String> read(String resource) {
    var names = new TreeMap<String, String>();
    try (InputStream in = License.class.getResourceAsStream(resource);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.lines().filter(l -> !l.startsWith("#")).forEach(l -> names.put(lower(l), l));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
