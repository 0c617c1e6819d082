package org.mdlibs.registry.stats;

import java.util.Optional;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.Faults;

/**
 * Which downloads are asked for, checked.
 *
 * @param scope null for all
 * @param library a name in the scope, or null for all
 * @param days how many, today included: 1 to 365
 */
record DownloadQuery(String scope, String library, int days) {
  private static final int STANDARD_DAYS = 30;
  private static final int MOST_DAYS = 365;

  /**
   * Reads the query parameters. A library is named with its scope beside it, or by a reference
   * ({@code @scope/name}).
   *
   * @throws org.mdlibs.registry.problem.ProblemException INVALID_INPUT with every fault
   */
  static DownloadQuery of(String scope, String library, String days) {
    var faults = new Faults();
    String name = library;
    String of = scope;
    int slash = library == null ? -1 : library.indexOf('/');
    if (slash >= 0) {
      name = library.substring(slash + 1);
      of = library.substring(0, slash);
      if (scope != null && !bare(scope).equals(bare(of))) {
        faults.add("library", "must be in the scope that is asked for");
      }
    } else if (library != null && scope == null) {
      faults.add("library", "must be @scope/name, or a name with 'scope' beside it");
    }
    String field = slash >= 0 ? "library" : "scope";
    Optional<Scope> wanted = faults.optional(field, of, text -> Scope.parse(bare(text)));
    Optional<LibraryName> named = faults.optional("library", name, LibraryName::parse);
    Optional<Integer> window = faults.optional("days", days, DownloadQuery::days);
    faults.throwIfAny();
    return new DownloadQuery(
        wanted.map(Scope::value).orElse(null),
        named.map(LibraryName::value).orElse(null),
        window.orElse(STANDARD_DAYS));
  }

  private static String bare(String scope) {
    return scope.startsWith("@") ? scope.substring(1) : scope;
  }

  private static int days(String text) {
    if (text.matches("[0-9]{1,3}")) {
      int days = Integer.parseInt(text);
      if (days >= 1 && days <= MOST_DAYS) {
        return days;
      }
    }
    throw new IllegalArgumentException("must be a whole number from 1 to " + MOST_DAYS);
  }
}
