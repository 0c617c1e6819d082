package org.mdlibs.registry.problem;

import jakarta.ejb.ApplicationException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one exception by which the registry refuses. It passes through EJBs as it is and rolls their
 * transaction back.
 */
@ApplicationException(rollback = true)
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<Fault> faults;

  /**
   * Makes the exception.
   *
   * @param detail one sentence for the caller that says what to do; never a secret, a path of the
   *     server, or SQL
   */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of(), null);
  }

  /** Makes the exception, with a cause that is for the log alone. */
  public ProblemException(ProblemType type, String detail, Throwable cause) {
    this(type, detail, List.of(), cause);
  }

  /** Makes the exception from the faults of an input; the detail tells them all. */
  public ProblemException(ProblemType type, List<Fault> faults) {
    this(type, sentence(faults), List.copyOf(faults), null);
  }

  private ProblemException(ProblemType type, String detail, List<Fault> faults, Throwable cause) {
    super(detail, cause);
    this.type = type;
    this.faults = faults;
  }

  private static String sentence(List<Fault> faults) {
    return faults.stream()
            .map(f -> "'" + f.field() + "' " + f.message())
            .collect(Collectors.joining("; "))
        + ".";
  }

  /** Which problem of the catalogue it is. */
  public ProblemType type() {
    return type;
  }

  /** The faults of the input, empty unless the problem is about input. */
  public List<Fault> faults() {
    return faults == null ? List.of() : faults;
  }
}
