package org.mdlibs.registry.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/** One thing that an operator can have done. */
interface Command {
  /** The words that call it. */
  String name();

  /** One line that shows how to call it. */
  String usage();

  /** Its options, with their two dashes: whether each takes a value. */
  Map<String, Boolean> options();

  /**
   * Does it.
   *
   * @param out for results
   * @return the exit code, see {@link Commands}
   * @throws IllegalArgumentException for what is wrong with the options, a sentence
   * @throws IOException when it cannot go on, with a message for the operator
   * @throws IllegalStateException as the same
   */
  int run(Options options, PrintStream out) throws IOException;
}
