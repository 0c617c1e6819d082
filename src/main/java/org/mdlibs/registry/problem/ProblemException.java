package org.mdlibs.registry.problem;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private final Duration retryAfter;
  private final transient Map<String, Long> figures;

  /**
   * Makes the exception.
   *
   * @param detail one sentence for the caller that says what to do; never a secret, a path of the
   *     server, or SQL
   */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of(), null, null, Map.of());
  }

  /** Makes the exception, with a cause that is for the log alone. */
  public ProblemException(ProblemType type, String detail, Throwable cause) {
    this(type, detail, List.of(), cause, null, Map.of());
  }

  /** Makes the exception of a moment: the same request may succeed after a while. */
  public ProblemException(ProblemType type, String detail, Duration retryAfter) {
    this(type, detail, List.of(), null, retryAfter, Map.of());
  }

  /** Makes the exception from the faults of an input; the detail tells them all. */
  public ProblemException(ProblemType type, List<Fault> faults) {
    this(type, sentence(faults), List.copyOf(faults), null, null, Map.of());
  }

  /** Makes the exception of a limit, whose figures become members of the problem. */
  public ProblemException(ProblemType type, String detail, Map<String, Long> figures) {
    this(type, detail, List.of(), null, null, Map.copyOf(figures));
  }

  /** Makes the exception from the faults of an input, which are too many for the detail. */
  public ProblemException(ProblemType type, String detail, List<Fault> faults) {
    this(type, detail, List.copyOf(faults), null, null, Map.of());
  }

  private ProblemException(
      ProblemType type,
      String detail,
      List<Fault> faults,
      Throwable cause,
      Duration retryAfter,
      Map<String, Long> figures) {
    super(detail, cause);
    this.type = type;
    this.faults = faults;
    this.retryAfter = retryAfter;
    this.figures = figures;
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

  /** After which time the same request may succeed; null when that is not known. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** The faults of the input, empty unless the problem is about input. */
  public List<Fault> faults() {
    return faults == null ? List.of() : faults;
  }

  /** The figures of a limit by the names of their members, empty for most problems. */
  public Map<String, Long> figures() {
    return figures == null ? Map.of() : figures;
  }
}
