package org.mdlibs.registry.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an {@code Accept} header lets through (RFC 9110 §12.5.1): of the ranges that match a media
 * type the most specific one counts. Parameters but {@code q} are passed over.
 */
public final class Accept {
  /** A media range and its weight, 0 to 1. */
  private record Range(String type, double weight) {
    /** How specific it is, or -1 when it does not match. */
    int fit(String mediaType) {
      if (type.equals(mediaType)) {
        return 2;
      }
      if (type.equals(mediaType.replaceAll("/.*", "/*"))) {
        return 1;
      }
      return type.equals("*/*") ? 0 : -1;
    }
  }

  private final List<Range> ranges;

  private Accept(List<Range> ranges) {
    this.ranges = ranges;
  }

  /**
   * Reads a header; what cannot be read weighs nothing.
   *
   * @param header null or blank lets everything through
   */
  public static Accept parse(String header) {
    if (header == null || header.isBlank()) {
      return new Accept(List.of(new Range("*/*", 1)));
    }
    var ranges = new ArrayList<Range>();
    for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] words = part.split(";", -1);
      double weight = 1;
      for (int i = 1; i < words.length; i++) {
        String word = words[i].strip();
        if (word.startsWith("q=")) {
          weight = weight(word.substring(2));
        }
      }
      ranges.add(new Range(words[0].strip(), weight));
    }
    return new Accept(ranges);
  }

  private static double weight(String text) {
    return text.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(text) : 0;
  }

  /** The weightiest of some things, the first of equals; empty when none is let through. */
  public <T> Optional<T> best(List<T> things, Function<T, String> mediaType) {
    T best = null;
    double most = 0;
    for (T thing : things) {
      double weight = weightOf(mediaType.apply(thing));
      if (weight > most) {
        best = thing;
        most = weight;
      }
    }
    return Optional.ofNullable(best);
  }

  private double weightOf(String mediaType) {
    double weight = 0;
    int closest = -1;
    for (Range range : ranges) {
      int fit = range.fit(mediaType);
      if (fit > closest) {
        closest = fit;
        weight = range.weight();
      }
    }
    return weight;
  }
}
