package org.mdlibs.registry.problem;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often each problem was answered, on this node since its start. */
public final class ProblemCounts {
  private static final Map<ProblemType, LongAdder> COUNTS =
      Stream.of(ProblemType.values())
          .collect(Collectors.toUnmodifiableMap(type -> type, type -> new LongAdder()));

  private ProblemCounts() {}

  /** Counts an answer. */
  static void count(ProblemType type) {
    COUNTS.get(type).increment();
  }

  /** How often a problem was answered. */
  public static long of(ProblemType type) {
    return COUNTS.get(type).sum();
  }
}
