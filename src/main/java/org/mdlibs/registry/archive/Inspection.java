package org.mdlibs.registry.archive;

import java.util.List;
import java.util.stream.Collectors;
import org.mdlibs.registry.problem.ProblemException;

/**
 * What one reading of an archive found.
 *
 * @param contents what is in the archive, as far as it could be read; all of it without faults
 * @param whole whether the archive was read to its end, entries that are at fault left out
 * @param faults at most {@link #MAX_FAULTS}, in the order in which they were found
 */
public record Inspection(Contents contents, boolean whole, List<ArchiveFault> faults) {
  /** So many faults of an archive are told; nothing is read after them. */
  public static final int MAX_FAULTS = 100;

  private static final int MAX_TOLD = 3;

  /** Makes an inspection; the faults are copied. */
  public Inspection {
    faults = List.copyOf(faults);
  }

  /**
   * The contents of an archive without faults.
   *
   * @throws ProblemException of the first fault's type, with all of them as its faults
   */
  public Contents orThrow() {
    if (faults.isEmpty()) {
      return contents;
    }
    String told =
        faults.stream()
            .limit(MAX_TOLD)
            .map(ArchiveFault::sentence)
            .collect(Collectors.joining(" "));
    int more = faults.size() - MAX_TOLD;
    throw new ProblemException(
        faults.get(0).type(),
        more > 0 ? told + " And " + more + " more." : told,
        faults.stream().map(ArchiveFault::asFault).toList());
  }
}
