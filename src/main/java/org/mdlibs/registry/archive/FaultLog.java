package org.mdlibs.registry.archive;

import java.util.ArrayList;
import java.util.List;
import org.mdlibs.registry.problem.ProblemException;

/** The faults of an archive in the order of their finding, up to a bound. */
final class FaultLog {
  private final int limit;
  private final List<ArchiveFault> faults = new ArrayList<>();

  /** Makes a log that is full with so many faults. */
  FaultLog(int limit) {
    this.limit = limit;
  }

  /** Notes a fault, unless the log is full. */
  void add(ArchiveFault fault) {
    if (!isFull()) {
      faults.add(fault);
    }
  }

  /** Notes every fault of a problem that names them. */
  void addAll(ProblemException e) {
    e.faults().forEach(f -> add(new ArchiveFault(e.type(), f.field(), f.message())));
  }

  /** Whether it is not worth reading on. */
  boolean isFull() {
    return faults.size() >= limit;
  }

  List<ArchiveFault> faults() {
    return List.copyOf(faults);
  }
}
