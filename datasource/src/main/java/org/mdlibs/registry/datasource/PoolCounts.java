package org.mdlibs.registry.datasource;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the connections tell of the pools that keep them. The pools are the container's, and each
 * server tells of its own in other words; but every connection is opened here.
 */
public final class PoolCounts {
  private static final AtomicInteger OPEN = new AtomicInteger();
  private static final AtomicInteger IN_TRANSACTION = new AtomicInteger();
  private static final LongAdder FAILURES = new LongAdder();

  private PoolCounts() {}

  /** Connections that pools hold now, in use or not. */
  public static int open() {
    return OPEN.get();
  }

  /** Those in the middle of a transaction. */
  public static int inTransaction() {
    return IN_TRANSACTION.get();
  }

  /** How often none could be opened, since the start. */
  public static long failures() {
    return FAILURES.sum();
  }

  static void opened() {
    OPEN.incrementAndGet();
  }

  static void closed() {
    OPEN.decrementAndGet();
  }

  static void began() {
    IN_TRANSACTION.incrementAndGet();
  }

  static void ended() {
    IN_TRANSACTION.decrementAndGet();
  }

  static void failed() {
    FAILURES.increment();
  }
}
