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
  private final String code;

  Failure(int exitCode, String message, String hint) {
    this(exitCode, message, hint, null);
  }

  Failure(int exitCode, String message, String hint, Throwable cause) {
    this(exitCode, "", message, hint, cause);
  }

  /**
   * A registry's refusal.
   *
   * @param code its stable code (RFC 9457 extension), or an empty text
   */
  Failure(int exitCode, String code, String message, String hint, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.exitCode = exitCode;
    this.hint = hint;
    this.code = code;
  }

  int exitCode() {
    return exitCode;
  }

  /** The registry's code for it, or an empty text when no registry refused. */
  String code() {
    return code;
  }

  /** One line that says what to do. */
  String hint() {
    return hint;
  }
}
