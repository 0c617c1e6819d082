package org.mdlibs.registry.runnable;

import java.io.Serial;

/** The registry cannot start, for a reason that one line tells. */
class Refusal extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  Refusal(String reason) {
    super(reason);
  }

  Refusal(String reason, Throwable cause) {
    super(reason, cause);
  }
}
