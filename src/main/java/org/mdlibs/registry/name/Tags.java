package org.mdlibs.registry.name;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The tags of a version: at most 20, each 1 to 40 of {@code a-z 0-9 - . _}, lower-cased,
 * deduplicated, in the order given.
 *
 * @param values the tags
 */
public record Tags(List<String> values) {
  /** No tag at all. */
  public static final Tags NONE = new Tags(List.of());

  private static final int MAX_COUNT = 20;
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9._-]{1,40}");

  public Tags {
    values = List.copyOf(values);
    if (values.size() > MAX_COUNT) {
      throw new IllegalArgumentException("must be at most 20 tags");
    }
    for (String value : values) {
      if (!SHAPE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "each tag must be 1 to 40 of a-z, 0-9, '-', '.' and '_'");
      }
    }
  }

  /**
   * Reads tags as a person writes them: surrounding spaces and empty ones are dropped, upper case
   * is folded, repeated ones count once.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static Tags parse(Collection<String> texts) {
    var values = new LinkedHashSet<String>();
    for (String text : texts) {
      String value = text.strip();
      if (value.chars().allMatch(c -> c < 128)) {
        value = value.toLowerCase(Locale.ROOT);
      }
      if (!value.isEmpty()) {
        values.add(value);
      }
    }
    return new Tags(List.copyOf(values));
  }

  /** The tags joined by a space, which no tag contains; the form in which they are stored. */
  @Override
  public String toString() {
    return String.join(" ", values);
  }

  /** The inverse of {@link #toString}. */
  public static Tags ofStored(String stored) {
    return stored.isEmpty() ? NONE : new Tags(List.of(stored.split(" ", -1)));
  }
}
