package org.mdlibs.cli;

import java.util.Objects;

/**
 * The one exception by which a command ends unsuccessfully: what went wrong, what to do, and the
 * exit code.
 */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String hint;

  Failure(int exitCode, String message, String hint) {
    this(exitCode, message, hint, null);
  }

  Failure(int exitCode, String message, String hint, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  int exitCode() {
    return exitCode;
  }

  /** One line that says what to do. */
  String hint() {
    return hint;
  }
}
