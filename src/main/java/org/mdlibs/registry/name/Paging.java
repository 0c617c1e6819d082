package org.mdlibs.registry.name;

import org.mdlibs.registry.problem.Faults;

/**
 * Which page of a list is wanted: {@code per_page} 1 to 100 (20 when absent), {@code page} from 1,
 * and {@code page × per_page} at most 10,000.
 *
 * @param page the page, from 1
 * @param perPage rows of a page
 */
public record Paging(int page, int perPage) {
  /** The furthest row that can be asked for. */
  public static final int MAX_ROW = 10_000;

  private static final int DEFAULT_PER_PAGE = 20;
  private static final int MAX_PER_PAGE = 100;

  /** Reads the two query parameters, and notes what is wrong with them. */
  public static Paging parse(String page, String perPage, Faults faults) {
    int size = number("per_page", perPage, DEFAULT_PER_PAGE, MAX_PER_PAGE, faults);
    int number = number("page", page, 1, MAX_ROW, faults);
    if ((long) number * size > MAX_ROW) {
      faults.add("page", "times 'per_page' must be at most 10000: narrow the query instead");
      return new Paging(1, size);
    }
    return new Paging(number, size);
  }

  /**
   * Reads the two query parameters.
   *
   * @throws org.mdlibs.registry.problem.ProblemException INVALID_INPUT
   */
  public static Paging parse(String page, String perPage) {
    var faults = new Faults();
    Paging paging = parse(page, perPage, faults);
    faults.throwIfAny();
    return paging;
  }

  private static int number(String field, String text, int standard, int most, Faults faults) {
    if (text == null) {
      return standard;
    }
    if (text.length() <= 9 && text.matches("[0-9]+")) {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= most) {
        return value;
      }
    }
    faults.add(field, "must be a whole number from 1 to " + most);
    return standard;
  }

  /** Rows before the page. */
  public int offset() {
    return (page - 1) * perPage;
  }
}
