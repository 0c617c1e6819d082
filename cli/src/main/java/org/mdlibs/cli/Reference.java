package org.mdlibs.cli;

import java.util.Comparator;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Scope;

/** A library of a registry: {@code @scope/name}. */
record Reference(Scope scope, LibraryName name) implements Comparable<Reference> {
  private static final Comparator<Reference> ORDER = Comparator.comparing(Reference::toString);

  /**
   * What a user asks for.
   *
   * @param range as he wrote it after the {@code @}, or null
   */
  record Wanted(Reference reference, String range) {}

  /**
   * Reads {@code @scope/name}.
   *
   * @throws Failure with exit code 2 that states the form
   */
  static Reference parse(String text) {
    Wanted wanted = parseWanted(text);
    if (wanted.range() != null) {
      throw new Failure(
          ExitCode.USAGE, "'" + text + "' has a version too many.", "Write @scope/name alone.");
    }
    return wanted.reference();
  }

  /** Reads {@code @scope/name} or {@code @scope/name@range}. */
  static Wanted parseWanted(String text) {
    int slash = text.indexOf('/');
    if (!text.startsWith("@") || slash < 0) {
      throw new Failure(
          ExitCode.USAGE,
          "'" + text + "' is no reference of a library.",
          "Write @scope/name or @scope/name@1.2.3");
    }
    int at = text.indexOf('@', slash);
    try {
      var reference =
          new Reference(
              Scope.parse(text.substring(1, slash)),
              LibraryName.parse(text.substring(slash + 1, at < 0 ? text.length() : at)));
      return new Wanted(reference, at < 0 ? null : text.substring(at + 1));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitCode.USAGE,
          "'" + text + "' is no reference of a library: a part of it " + e.getMessage(),
          "Write @scope/name or @scope/name@1.2.3",
          e);
    }
  }

  String at(String version) {
    return this + "@" + version;
  }

  @Override
  public int compareTo(Reference other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "@" + scope + "/" + name;
  }
}
