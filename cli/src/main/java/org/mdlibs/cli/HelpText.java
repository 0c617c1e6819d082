package org.mdlibs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What {@code mdlibs --help} shows, as it was rendered before: to read the annotations of all
 * commands takes longer than whoever asks for help should wait.
 */
final class HelpText {
  static final String RESOURCE = "help.txt";
  private static final String STYLES = "\u001b\\[[0-9;]*m";

  private HelpText() {}

  /** Prints it, with colours where the terminal has some. */
  static void print(Terminal terminal) {
    PrintStream out = terminal.out();
    out.print(of(terminal.hasColours()));
    out.flush();
  }

  /** The text. */
  static String of(boolean hasColours) {
    try (InputStream resource = HelpText.class.getResourceAsStream(RESOURCE)) {
      String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      String styled = hasColours ? text : text.replaceAll(STYLES, "");
      return styled.replace("\n", System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
