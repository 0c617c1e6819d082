package org.mdlibs.registry.problem;

import jakarta.ejb.ApplicationException;

/**
 * A transaction met the row that a rival was quicker to insert; {@link
 * DatabaseFailure#retryWhenARivalWins} runs it again. It passes through EJBs as it is: the
 * container would log anything else with a page of stack trace, and nothing failed.
 */
@ApplicationException(rollback = true)
public class RivalWon extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception from what the database said. */
  public RivalWon(RuntimeException cause) {
    super(cause);
  }
}
