package org.mdlibs.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mdlibs.registry.name.Version;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * Which versions will do, as npm writes it: {@code ^1.2}, {@code ~1.2.3}, {@code >=1 <2}, {@code
 * 1.x}, {@code 1.0.0 - 2.0.0}, {@code ^1 || ^3}, an exact version, or {@code latest}. A prerelease
 * is in a range only when the range names a prerelease of the same release.
 */
final class Range {
  static final String LATEST = "latest";

  private static final String PART = "(?:[0-9]{1,9}|[xX*])";
  private static final String PARTIAL =
      "v?"
          + PART
          + "(?:\\."
          + PART
          + "(?:\\."
          + PART
          + "(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?)?)?";
  private static final String COMPARATOR = "(?:\\^|~>?|>=|<=|>|<|=)?\\s*" + PARTIAL;
  private static final String ALTERNATIVE =
      "\\s*(?:"
          + PARTIAL
          + "\\s+-\\s+"
          + PARTIAL
          + "|"
          + COMPARATOR
          + "(?:\\s+"
          + COMPARATOR
          + ")*)\\s*";

  /** The grammar of npm's ranges; the parser alone would pass over what it does not understand. */
  private static final Pattern SHAPE =
      Pattern.compile(ALTERNATIVE + "(?:\\|\\|" + ALTERNATIVE + ")*");

  /** Longest range, in characters. */
  private static final int MAX_LENGTH = 200;

  private final String text;
  private final Version exact;
  private final RangeList list;

  private Range(String text, Version exact, RangeList list) {
    this.text = text;
    this.exact = exact;
    this.list = list;
  }

  /**
   * Reads a range.
   *
   * @throws Failure with exit code 2 that states the form
   */
  static Range parse(String text) {
    String stripped = text.strip();
    if (stripped.equals(LATEST)) {
      return new Range(LATEST, null, null);
    }
    Optional<Version> exact = exactly(stripped);
    if (exact.isPresent()) {
      return new Range(exact.get().toString(), exact.get(), null);
    }
    if (stripped.length() > MAX_LENGTH || !SHAPE.matcher(stripped).matches()) {
      throw new Failure(
          ExitCode.USAGE,
          "'" + text + "' is no range of versions.",
          "Write it as npm does: 1.2.3, ^1.2, ~1.2.3, '>=1 <2', 1.x or latest");
    }
    // A lone x means any version, which the parser knows as a star only.
    String stars = stripped.replaceAll("(?<![0-9A-Za-z.-])v?[xX](?![0-9A-Za-z-])", "*");
    return new Range(stripped, null, RangeListFactory.create(stars));
  }

  private static Optional<Version> exactly(String text) {
    try {
      return Optional.of(Version.parse(text.replaceFirst("^=?\\s*v?", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isLatest() {
    return text.equals(LATEST);
  }

  /** The one version that will do, when it is but one. */
  Optional<Version> exact() {
    return Optional.ofNullable(exact);
  }

  /** Whether a version will do; {@code latest} cannot tell, so any will. */
  boolean contains(Version version) {
    if (isLatest()) {
      return true;
    }
    if (exact != null) {
      return exact.equals(version);
    }
    // Numbers beyond an int are legal versions, but no range can hold them.
    Semver semver = Semver.parse(version.toString());
    return semver != null && list.isSatisfiedBy(semver);
  }

  /**
   * The highest of some versions that will do; for {@code latest} a stable one before any other.
   */
  Optional<Version> best(Collection<Version> versions) {
    Comparator<Version> order =
        isLatest()
            ? Comparator.comparing((Version v) -> !v.isPrerelease())
                .thenComparing(Comparator.naturalOrder())
            : Comparator.naturalOrder();
    return versions.stream().filter(this::contains).max(order);
  }

  @Override
  public String toString() {
    return text;
  }
}
