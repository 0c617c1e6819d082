package org.mdlibs.cli;

/** What the process ends with; scripts rely on these numbers. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** Not logged in, or not allowed. */
  static final int DENIED = 3;

  static final int NOT_FOUND = 4;

  /** Bytes are not what was promised, or an archive is hostile. */
  static final int INTEGRITY = 5;

  static final int NETWORK = 6;

  private ExitCode() {}
}
