package org.mdlibs.registry.publish;

import java.util.ArrayList;
import java.util.List;
import org.mdlibs.registry.archive.ArchiveFault;
import org.mdlibs.registry.archive.Inspection;
import org.mdlibs.registry.problem.Fault;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.publish.DryRun.DryRunFault;

/** Everything that stands against a request to publish, in the order in which it counts. */
final class Findings {
  private final List<DryRunFault> faults = new ArrayList<>();
  private ProblemException first;

  /** Does a check, and notes the problem that it ends with. */
  void note(Runnable check) {
    try {
      check.run();
    } catch (ProblemException e) {
      add(e);
    }
  }

  /** Notes a problem, and each fault that it names by itself. */
  void add(ProblemException e) {
    first = first == null ? e : first;
    String code = e.type().name();
    int status = e.type().status();
    if (e.faults().isEmpty()) {
      faults.add(new DryRunFault(code, status, null, e.getMessage()));
    }
    for (Fault fault : e.faults()) {
      String detail = "'" + fault.field() + "' " + fault.message() + ".";
      faults.add(new DryRunFault(code, status, fault.field(), detail));
    }
  }

  /** Notes the faults of an archive, of which each has a code of its own. */
  void add(Inspection inspection) {
    try {
      inspection.orThrow();
    } catch (ProblemException e) {
      first = first == null ? e : first;
      for (ArchiveFault f : inspection.faults()) {
        faults.add(new DryRunFault(f.type().name(), f.type().status(), f.path(), f.sentence()));
      }
    }
  }

  List<DryRunFault> faults() {
    return List.copyOf(faults);
  }

  /**
   * Refuses the request when anything stands against it.
   *
   * @throws ProblemException the first one
   */
  void throwFirst() {
    if (first != null) {
      throw first;
    }
  }
}
