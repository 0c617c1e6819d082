package org.mdlibs.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdlibs.registry.name.Version;

/**
 * Which versions will do, as npm writes it (<a
 * href="https://github.com/npm/node-semver#ranges">node-semver</a>): {@code ^1.2}, {@code ~1.2.3},
 * {@code >=1 <2}, {@code 1.x}, {@code 1.0.0 - 2.0.0}, {@code ^1 || ^3}, an exact version, or {@code
 * latest}. A prerelease is in a range only when the range names a prerelease of the same release.
 *
 * <p>Every form is turned into plain comparisons of {@link Version}s. A library was tried first
 * (semver4j 6.0.0): it lost comparators that stand beside a tilde and took {@code ^0} for any
 * version, so that half of random ranges gave other versions than npm's.
 */
final class Range {
  static final String LATEST = "latest";

  /** Longest range, in characters. */
  private static final int MAX_LENGTH = 200;

  private static final String NUMBER = "(?:0|[1-9][0-9]{0,11})";
  private static final String OPEN = "[xX*]";

  /** A version whose end may be left open; nothing may follow what is open. */
  private static final String PARTIAL =
      ("v?(?:%1$s\\.%1$s\\.%1$s(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?|%1$s\\.%1$s(?:\\.%2$s)?|%1$s\\.%2$s\\.%1$s"
              + "|%1$s(?:\\.%2$s){0,2}|%2$s(?:\\.%2$s){0,2})")
          .formatted(NUMBER, OPEN);

  private static final Pattern COMPARATOR =
      Pattern.compile("(?<op>\\^|~>?|>=|<=|>|<|=)?\\s*(?<version>" + PARTIAL + ")(?=\\s|$)");
  private static final Pattern HYPHEN =
      Pattern.compile("(?<from>" + PARTIAL + ")\\s+-\\s+(?<to>" + PARTIAL + ")");
  private static final Pattern PARTS =
      Pattern.compile(
          "v?(?<number>[0-9]+(?:\\.[0-9]+)*)?(?:\\.?[xX*][.xX*0-9]*)?(?<end>-[^+]*)?(?:\\+.*)?");

  private final String text;
  private final Version exact;
  private final List<List<Comparison>> alternatives;

  /** {@code version op bound}. */
  private record Comparison(String op, Version bound) {
    boolean holds(Version version) {
      int order = version.compareTo(bound);
      return switch (op) {
        case ">=" -> order >= 0;
        case ">" -> order > 0;
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        default -> order == 0;
      };
    }
  }

  private Range(String text, Version exact, List<List<Comparison>> alternatives) {
    this.text = text;
    this.exact = exact;
    this.alternatives = alternatives;
  }

  /**
   * Reads a range.
   *
   * @throws Failure with exit code 2 that states the form
   */
  static Range parse(String text) {
    String stripped = text.strip();
    if (stripped.equals(LATEST)) {
      return new Range(LATEST, null, List.of());
    }
    try {
      Version exact = Version.parse(stripped.replaceFirst("^=?\\s*v?", ""));
      return new Range(exact.toString(), exact, List.of());
    } catch (IllegalArgumentException e) {
      // No exact version, so a range or nothing.
    }
    try {
      var alternatives = new ArrayList<List<Comparison>>();
      for (String alternative : stripped.split("\\|\\|", -1)) {
        alternatives.add(alternative(alternative.strip()));
      }
      if (stripped.length() <= MAX_LENGTH) {
        // As node-semver: beside what takes any release, the others do not invite prereleases.
        return alternatives.stream().anyMatch(Range::isAny)
            ? new Range(stripped, null, List.of(List.of()))
            : new Range(stripped, null, alternatives);
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new Failure(
        ExitCode.USAGE,
        "'" + text + "' is no range of versions.",
        "Write it as npm does: 1.2.3, ^1.2, ~1.2.3, '>=1 <2', 1.x or latest");
  }

  private static boolean isAny(List<Comparison> alternative) {
    return alternative.stream()
        .allMatch(c -> c.op().equals(">=") && c.bound().toString().equals("0.0.0"));
  }

  private static List<Comparison> alternative(String text) {
    var comparisons = new ArrayList<Comparison>();
    if (text.isEmpty()) {
      // As *.
      return comparisons;
    }
    Matcher hyphen = HYPHEN.matcher(text);
    if (hyphen.matches()) {
      compare(comparisons, ">=", Partial.of(hyphen.group("from")));
      compare(comparisons, "<=", Partial.of(hyphen.group("to")));
      return comparisons;
    }
    Matcher comparator = COMPARATOR.matcher(text);
    int end = 0;
    while (comparator.find() && text.substring(end, comparator.start()).isBlank()) {
      String op = comparator.group("op");
      compare(comparisons, op == null ? "=" : op, Partial.of(comparator.group("version")));
      end = comparator.end();
    }
    if (end == 0 || end < text.length()) {
      throw new IllegalArgumentException(text);
    }
    return comparisons;
  }

  private static void compare(List<Comparison> into, String op, Partial partial) {
    switch (op) {
      case "^" -> between(into, partial, partial.firstCounting());
      case "~", "~>" -> between(into, partial, Math.min(1, partial.size() - 1));
      case "=" -> {
        if (partial.size() == 3) {
          into.add(new Comparison("=", partial.least()));
        } else {
          between(into, partial, partial.size() - 1);
        }
      }
      default -> bound(into, op, partial);
    }
  }

  /** From a partial version to before the next one of the part that may not change. */
  private static void between(List<Comparison> into, Partial partial, int fixed) {
    if (partial.size() > 0) {
      into.add(new Comparison(">=", partial.least()));
      into.add(new Comparison("<", partial.next(fixed, "-0")));
    }
  }

  private static void bound(List<Comparison> into, String op, Partial partial) {
    int last = partial.size() - 1;
    if (partial.size() == 3) {
      into.add(new Comparison(op, partial.least()));
    } else if (partial.size() == 0) {
      if (op.equals(">") || op.equals("<")) {
        into.add(new Comparison("<", Version.parse("0.0.0-0")));
      }
    } else {
      into.add(
          switch (op) {
            case ">" -> new Comparison(">=", partial.next(last, ""));
            case "<=" -> new Comparison("<", partial.next(last, "-0"));
            case "<" -> new Comparison("<", Version.parse(partial.least().key() + "-0"));
            default -> new Comparison(">=", partial.least());
          });
    }
  }

  /** The numbers that a version states, none to three, and its prerelease. */
  private record Partial(List<Long> numbers, String prerelease) {
    static Partial of(String text) {
      Matcher parts = PARTS.matcher(text);
      if (!parts.matches()) {
        throw new IllegalArgumentException(text);
      }
      var numbers = new ArrayList<Long>();
      if (parts.group("number") != null) {
        for (String number : parts.group("number").split("\\.", -1)) {
          numbers.add(Long.valueOf(number));
        }
      }
      return new Partial(numbers, parts.group("end") == null ? "" : parts.group("end"));
    }

    int size() {
      return numbers.size();
    }

    private long number(int index) {
      return index < size() ? numbers.get(index) : 0;
    }

    /** The first part that is not 0, else the last one stated: a caret leaves it alone. */
    int firstCounting() {
      for (int i = 0; i < size(); i++) {
        if (number(i) > 0) {
          return i;
        }
      }
      return size() - 1;
    }

    Version least() {
      return Version.parse(number(0) + "." + number(1) + "." + number(2) + prerelease);
    }

    /** The version with one part raised, and 0 behind it. */
    Version next(int part, String end) {
      long major = number(0) + (part == 0 ? 1 : 0);
      long minor = part < 1 ? 0 : number(1) + (part == 1 ? 1 : 0);
      long patch = part < 2 ? 0 : number(2) + 1;
      return Version.parse(major + "." + minor + "." + patch + end);
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
    return alternatives.stream()
        .anyMatch(
            a ->
                a.stream().allMatch(c -> c.holds(version))
                    && (!version.isPrerelease() || a.stream().anyMatch(c -> invites(c, version))));
  }

  /** Whether a comparison names a prerelease of the same release as a prerelease. */
  private static boolean invites(Comparison comparison, Version version) {
    return comparison.bound().isPrerelease()
        && release(comparison.bound()).equals(release(version));
  }

  private static String release(Version version) {
    return version.key().replaceFirst("-.*", "");
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
