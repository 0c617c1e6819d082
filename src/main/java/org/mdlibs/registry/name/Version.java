package org.mdlibs.registry.name;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</a> writes
 * it, of at most 50 characters.
 *
 * <p>Equality and order are those of precedence (SemVer §11): two versions that differ in build
 * metadata alone are equal, so that {@code equals}, {@code compareTo}, {@link #key} and {@link
 * #precedence} all agree.
 */
public final class Version implements Comparable<Version> {
  /** Longest version, in characters. */
  public static final int MAX_LENGTH = 50;

  private static final String NUMBER = "0|[1-9][0-9]*";
  private static final String PRERELEASE_PART = "(?:" + NUMBER + "|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?<major>%1$s)\\.(?<minor>%1$s)\\.(?<patch>%1$s)(?:-(?<pre>%2$s(?:\\.%2$s)*))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?"
              .formatted(NUMBER, PRERELEASE_PART));

  private final String text;
  private final String key;
  private final String precedence;
  private final boolean prerelease;

  private Version(String text) {
    Matcher matcher = text.length() <= MAX_LENGTH ? SHAPE.matcher(text) : null;
    if (matcher == null || !matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a semantic version such as 1.2.3 or 2.0.0-rc.1, of at most 50 characters");
    }
    this.text = text;
    int build = text.indexOf('+');
    this.key = build < 0 ? text : text.substring(0, build);
    this.prerelease = matcher.group("pre") != null;
    this.precedence =
        number(matcher.group("major"))
            + number(matcher.group("minor"))
            + number(matcher.group("patch"))
            + (prerelease ? prereleaseKey(matcher.group("pre")) : "~");
  }

  /**
   * Reads a version as it is written.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static Version parse(String text) {
    return new Version(text);
  }

  /** The version without build metadata: what makes it unique in a library. */
  public String key() {
    return key;
  }

  /** Whether it comes before a release ({@code 1.0.0-rc.1}), SemVer §9. */
  public boolean isPrerelease() {
    return prerelease;
  }

  /**
   * A text whose order by code point is the order of precedence (SemVer §11), so that a database
   * can sort and index versions. At most 100 ASCII characters.
   */
  public String precedence() {
    return precedence;
  }

  /** A number as its length in two digits, then its digits: orders as the number does. */
  private static String number(String digits) {
    return (digits.length() < 10 ? "0" : "") + digits.length() + digits;
  }

  /**
   * Each identifier in turn, numbers ({@code 1…}) before words ({@code 2…}), each closed by a mark
   * lower than any character of an identifier; a final {@code 0} makes the shorter list the lower.
   */
  private static String prereleaseKey(String prerelease) {
    var result = new StringBuilder();
    for (String identifier : prerelease.split("\\.", -1)) {
      boolean numeric = identifier.chars().allMatch(c -> c >= '0' && c <= '9');
      result.append(numeric ? "1" + number(identifier) : "2" + identifier).append('!');
    }
    return result.append('0').toString();
  }

  @Override
  public int compareTo(Version other) {
    return precedence.compareTo(other.precedence);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && key.equals(version.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** The version as it was written, build metadata included. */
  @Override
  public String toString() {
    return text;
  }
}
