package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What somebody may have meant who misspelled a name. */
final class Similar {
  private static final int MOST = 3;

  private Similar() {}

  /**
   * How many letters must be added, left out, changed, or swapped with their neighbour to make one
   * text of another (the optimal string alignment distance).
   */
  static int distance(String one, String other) {
    var d = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[one.length()][other.length()];
  }

  /** The names that are spelled almost as a wrong one, the nearest first, three at most. */
  static List<String> names(String wrong, Iterable<String> known) {
    int allowed = Math.max(1, wrong.length() / 3);
    Set<String> near = new LinkedHashSet<>();
    known.forEach(
        name -> {
          if (!name.equals(wrong) && distance(wrong, name) <= allowed) {
            near.add(name);
          }
        });
    return near.stream()
        .sorted(Comparator.comparingInt((String name) -> distance(wrong, name)))
        .limit(MOST)
        .collect(Collectors.toList());
  }

  /**
   * A hint with the libraries that are spelled almost as one that is not there: others of its
   * scope, and those of its name in other scopes.
   *
   * @param search the registry's search, by names and values in turn
   */
  static Optional<String> libraries(Reference wrong, Function<String[], JsonObject> search) {
    Set<String> known = new LinkedHashSet<>();
    try {
      String scope = wrong.scope().toString();
      add(known, search.apply(new String[] {"scope", scope, "per_page", "100"}));
      add(known, search.apply(new String[] {"q", wrong.name().toString(), "per_page", "20"}));
    } catch (Failure e) {
      // Only a hint is lost: what went wrong is told all the same.
      return Optional.empty();
    }
    String before = "@" + wrong.scope() + "/";
    List<String> siblings =
        known.stream()
            .filter(k -> k.startsWith(before))
            .map(k -> k.substring(before.length()))
            .toList();
    Set<String> near = new LinkedHashSet<>();
    names(wrong.name().toString(), siblings).forEach(name -> near.add(before + name));
    known.stream().filter(k -> k.endsWith("/" + wrong.name())).limit(MOST).forEach(near::add);
    if (near.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of("Did you mean " + String.join(" or ", near) + "?");
  }

  private static void add(Set<String> known, JsonObject found) {
    for (JsonObject library : Json.objects(found, "libraries")) {
      known.add("@" + Json.text(library, "scope") + "/" + Json.text(library, "name"));
    }
  }
}
