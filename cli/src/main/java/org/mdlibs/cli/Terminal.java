package org.mdlibs.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes and asks.
 *
 * <p>Whatever comes from a registry or a file goes through {@link #clean}: a terminal obeys control
 * characters, and a description must not be able to recolour it, retitle it or move its cursor.
 */
final class Terminal {
  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 20;

  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;
  private final Console console;
  private final boolean progress;
  private final boolean outColours;
  private final boolean errColours;
  private final int width;
  private final int errWidth;
  private boolean quiet;

  /**
   * Makes a terminal over streams.
   *
   * @param console to ask on, or null to ask on the streams; secrets are asked for nowhere else
   * @param outIsTerminal whether a person looks at {@code out}
   * @param errIsTerminal whether a person looks at {@code err}
   * @param environment {@code NO_COLOR} (https://no-color.org), {@code TERM} and {@code COLUMNS}
   */
  Terminal(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Console console,
      boolean outIsTerminal,
      boolean errIsTerminal,
      Map<String, String> environment) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
    this.err = err;
    this.console = console;
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb;
    this.outColours = outIsTerminal && colours;
    this.errColours = errIsTerminal && colours;
    this.progress = errIsTerminal && !dumb;
    String columns = environment.getOrDefault("COLUMNS", "");
    int known = columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : 0;
    this.errWidth = known == 0 ? USUAL_WIDTH : Math.max(LEAST_WIDTH, known);
    this.width = outIsTerminal ? errWidth : Integer.MAX_VALUE;
  }

  /** Prints one line as it is: for text that is ours, or went through {@link #clean}. */
  void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Prints one line that tells what was done, unless the user wants quiet. */
  void tell(String text) {
    if (!quiet) {
      line(text);
    }
  }

  /** From now on nothing is told but errors, warnings and what was asked for. */
  void silence() {
    quiet = true;
  }

  /** Prints one line on the error stream that leaves the exit code alone. */
  void note(String text) {
    err.println(clean(text));
    err.flush();
  }

  /** Warns of something that the command goes on in spite of. */
  void warn(String text) {
    err.println(colour(errColours, "33", "warning:") + " " + clean(text));
    err.flush();
  }

  /** Tells an error in two lines: what went wrong, and what to do. */
  void error(String message, String hint) {
    err.println(colour(errColours, "1;31", "error:") + " " + clean(message));
    if (hint != null && !hint.isEmpty()) {
      err.println(colour(errColours, "36", "hint:") + " " + clean(hint));
    }
    err.flush();
  }

  PrintStream err() {
    return err;
  }

  PrintStream out() {
    return out;
  }

  /** Whether a progress bar would be seen, and nothing but a person sees it. */
  boolean showsProgress() {
    return progress && !quiet;
  }

  boolean hasColours() {
    return outColours;
  }

  /** How many columns a progress bar may take. */
  int progressWidth() {
    return errWidth;
  }

  /**
   * A text as it may stand beside others on a line: one with letters that run from right to left is
   * isolated (Unicode UAX #9, FSI and PDI), for a terminal that turns them would turn its
   * neighbours along. Not in a pipe, where the bytes count.
   */
  String isolated(String text) {
    if (width == Integer.MAX_VALUE || text.codePoints().noneMatch(Terminal::runsLeft)) {
      return text;
    }
    return "\u2068" + text + "\u2069";
  }

  private static boolean runsLeft(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  /** How many columns a table may take. */
  int width() {
    return width;
  }

  String bold(String text) {
    return colour(outColours, "1", text);
  }

  String faint(String text) {
    return colour(outColours, "2", text);
  }

  String green(String text) {
    return colour(outColours, "32", text);
  }

  private static String colour(boolean on, String code, String text) {
    return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /**
   * Asks for a line.
   *
   * @throws Failure when the input has ended
   */
  String ask(String question) {
    if (console != null) {
      String answer = console.readLine("%s", question);
      if (answer == null) {
        throw ended();
      }
      return answer;
    }
    err.print(question);
    err.flush();
    return readLine();
  }

  /**
   * Asks a person whether to do what cannot be undone.
   *
   * @throws Failure when there is nobody to ask, or the answer is not yes
   */
  void confirm(String question) {
    requirePerson();
    String answer = ask(clean(question) + " [y/N] ").strip();
    if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
      throw new Failure(ExitCode.FAILED, "Nothing was deleted.", "Answer y, or give --yes.");
    }
  }

  /**
   * Makes sure that there is somebody to ask.
   *
   * @throws Failure with exit code 2 when there is not
   */
  void requirePerson() {
    if (console == null) {
      throw new Failure(
          ExitCode.USAGE, "There is no terminal to ask on whether you are sure.", "Give --yes.");
    }
  }

  /**
   * Asks for a secret without echo.
   *
   * @throws Failure when there is no terminal to ask on
   */
  String askSecret(String question) {
    if (console == null) {
      throw new Failure(
          ExitCode.USAGE,
          "There is no terminal to ask for the password on.",
          "Pipe it in: … --password-stdin < password.txt");
    }
    char[] secret = console.readPassword("%s", question);
    if (secret == null) {
      throw ended();
    }
    return new String(secret);
  }

  /** The terminal that this process was started on, or null when its input or output is not one. */
  @SuppressWarnings("SystemConsoleNull") // JDK 22 and later have one always, and isTerminal()
  static Console console() {
    Console console = System.console();
    try {
      Object real = console == null ? false : Console.class.getMethod("isTerminal").invoke(console);
      return Boolean.TRUE.equals(real) ? console : null;
    } catch (NoSuchMethodException e) {
      return console;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /**
   * Reads one line of the input, without its end.
   *
   * @throws Failure when the input has ended
   */
  String readLine() {
    try {
      String line = in.readLine();
      if (line == null) {
        throw ended();
      }
      return line;
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, "The input cannot be read: " + e.getMessage(), "", e);
    }
  }

  private static Failure ended() {
    return new Failure(
        ExitCode.USAGE, "The input ended before an answer came.", "Give the value as an option.");
  }

  /**
   * A foreign text as it may go to a terminal: control characters (C0, C1, DEL) and those that turn
   * the direction of what follows become a space, line ends too.
   */
  static String clean(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.appendCodePoint(isControl(c) ? ' ' : c));
    return clean.toString();
  }

  /** Whether a terminal may obey a character rather than show it. */
  static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.SURROGATE -> true;
      default -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    };
  }
}
