package org.mdlibs.registry.search;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdlibs.registry.library.Terms;
import org.mdlibs.registry.name.License;
import org.mdlibs.registry.name.Paging;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.name.Tags;
import org.mdlibs.registry.problem.Faults;

/**
 * What is looked for, checked.
 *
 * @param text the words as they were written, stripped; empty when none were
 * @param terms what they are in the index
 * @param tags all must match
 * @param scope null for every scope
 * @param license null for every licence
 * @param descending whether the sort is reversed
 */
public record LibraryQuery(
    String text,
    Terms.Query terms,
    List<String> tags,
    String scope,
    String license,
    Sort sort,
    boolean descending,
    Paging paging) {
  private static final int MAX_CHARACTERS = 200;

  /** The orders; ties are broken by the library's number. */
  public enum Sort {
    RELEVANCE(true),
    NAME(false),
    DOWNLOADS(true),
    UPDATED_AT(true),
    CREATED_AT(true);

    private final boolean descendingByDefault;

    Sort(boolean descendingByDefault) {
      this.descendingByDefault = descendingByDefault;
    }
  }

  /**
   * Reads the query parameters.
   *
   * @throws org.mdlibs.registry.problem.ProblemException INVALID_INPUT with every fault
   */
  static LibraryQuery of(MultivaluedMap<String, String> parameters) {
    var faults = new Faults();
    String text = Optional.ofNullable(parameters.getFirst("q")).orElse("").stripLeading();
    Terms.Query terms = Terms.Query.EMPTY;
    if (text.codePointCount(0, text.length()) > MAX_CHARACTERS) {
      faults.add("q", "must be at most " + MAX_CHARACTERS + " characters");
    } else {
      terms = Terms.query(text);
      if (!text.isBlank() && terms.isEmpty()) {
        faults.add("q", "must have a letter or a digit to look for");
      }
    }
    var tags = new ArrayList<String>();
    for (String tag : parameters.getOrDefault("tag", List.of())) {
      faults
          .optional("tag", tag, value -> Tags.parse(List.of(value.split(",", -1))))
          .ifPresent(parsed -> tags.addAll(parsed.values()));
    }
    String scope =
        faults.optional("scope", given(parameters, "scope"), LibraryQuery::scope).orElse(null);
    String license =
        faults
            .optional("license", given(parameters, "license"), License::parse)
            .map(License::expression)
            .orElse(null);
    Sort sort =
        faults
            .optional("sort", given(parameters, "sort"), LibraryQuery::sort)
            .orElse(terms.isEmpty() ? Sort.NAME : Sort.RELEVANCE);
    if (sort == Sort.RELEVANCE && terms.isEmpty() && !faults.has("q")) {
      sort = Sort.NAME;
    }
    Boolean descending =
        faults.optional("order", given(parameters, "order"), LibraryQuery::order).orElse(null);
    Paging paging = Paging.parse(given(parameters, "page"), given(parameters, "per_page"), faults);
    faults.throwIfAny();
    return new LibraryQuery(
        text.strip(),
        terms,
        List.copyOf(tags),
        scope,
        license,
        sort,
        descending == null ? sort.descendingByDefault : descending,
        paging);
  }

  private static String given(MultivaluedMap<String, String> parameters, String name) {
    return parameters.getFirst(name);
  }

  private static String scope(String text) {
    return Scope.parse(text.startsWith("@") ? text.substring(1) : text).value();
  }

  private static Sort sort(String text) {
    for (Sort sort : Sort.values()) {
      if (sort.name().toLowerCase(Locale.ROOT).equals(text)) {
        return sort;
      }
    }
    throw new IllegalArgumentException(
        "must be one of relevance, name, downloads, updated_at, created_at");
  }

  private static boolean order(String text) {
    return switch (text) {
      case "asc" -> false;
      case "desc" -> true;
      default -> throw new IllegalArgumentException("must be 'asc' or 'desc'");
    };
  }
}
