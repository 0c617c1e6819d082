package org.mdlibs.registry.problem;

import java.io.IOException;

/** How a full disk is told, which Java has no exception of its own for. */
public final class DiskFull {
  private DiskFull() {}

  /**
   * Whether an exception says, itself and not by its cause, that a disk or a quota of it is full.
   */
  public static boolean isSaidBy(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return e instanceof IOException
        && (message.contains("No space left") || message.contains("Disk quota exceeded"));
  }
}
