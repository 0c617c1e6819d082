package org.mdlibs.registry.scan;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clamd says about a stream.
 *
 * @param name of the signature, or of the limit, in printable ASCII; empty for what is clean
 */
record Verdict(Kind kind, String name) {
  enum Kind {
    /** It was read to its end, and nothing was found. */
    CLEAN,
    /** A signature matches. */
    INFECTED,
    /** It exceeds a limit of the scanner, so nobody knows. */
    INCOMPLETE
  }

  private static final int MAX_NAME = 200;
  private static final Pattern FOUND = Pattern.compile("stream: ([^\\x00]+) FOUND");

  /** What clamd reports, where {@code AlertExceedsMax} is set, instead of letting it pass. */
  private static final String LIMIT = "Heuristics.Limits.Exceeded";

  /**
   * Reads an answer to {@code INSTREAM}, without the NUL that ends it.
   *
   * @throws IOException when it is none of the three, such as an error of the scanner
   */
  static Verdict of(String answer) throws IOException {
    if (answer.equals("stream: OK")) {
      return new Verdict(Kind.CLEAN, "");
    }
    if (answer.equals("INSTREAM size limit exceeded. ERROR")) {
      return new Verdict(Kind.INCOMPLETE, "StreamMaxLength");
    }
    Matcher found = FOUND.matcher(answer);
    if (!found.matches()) {
      throw new IOException("clamd answered '" + printable(answer) + "'");
    }
    String name = printable(found.group(1));
    if (name.startsWith(LIMIT)) {
      String limit = name.substring(LIMIT.length());
      return new Verdict(Kind.INCOMPLETE, limit.startsWith(".") ? limit.substring(1) : limit);
    }
    return new Verdict(Kind.INFECTED, name);
  }

  private static String printable(String text) {
    String ascii = text.replaceAll("[^ -~]", "?");
    return ascii.length() > MAX_NAME ? ascii.substring(0, MAX_NAME) : ascii;
  }
}
