package org.mdlibs.registry.archive;

import org.mdlibs.registry.problem.ProblemType;

/** A fault was found. It never leaves this package, where {@link FaultLog} collects them. */
final class FaultyArchive extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ArchiveFault fault;
  private final boolean ends;

  private FaultyArchive(ArchiveFault fault, boolean ends, Throwable cause) {
    // Up to a hundred for each archive, and none of their stacks is ever read.
    super(fault.message(), cause, false, false);
    this.fault = fault;
    this.ends = ends;
  }

  /** A fault of one entry, after which the next one can be read. */
  static FaultyArchive entry(ProblemType type, String path, String message) {
    return new FaultyArchive(new ArchiveFault(type, path, message), false, null);
  }

  /** A fault of one entry, after which nobody can say where the next one begins. */
  static FaultyArchive lastEntry(ProblemType type, String path, String message) {
    return new FaultyArchive(new ArchiveFault(type, path, message), true, null);
  }

  /** A fault of the archive as a whole, after which nothing can be read. */
  static FaultyArchive whole(ProblemType type, String message) {
    return whole(type, message, null);
  }

  /** A fault of the archive as a whole, after which nothing can be read. */
  static FaultyArchive whole(ProblemType type, String message, Throwable cause) {
    return new FaultyArchive(new ArchiveFault(type, null, message), true, cause);
  }

  ArchiveFault fault() {
    return fault;
  }

  /** Whether reading cannot go on. */
  boolean ends() {
    return ends;
  }
}
