package org.mdlibs.registry.datasource;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * What the connections tell of the pools that keep them. The pools are the container's, and each
 * server tells of its own in other words; but every connection is opened here.
 *
 * <p>Where a server loads the data source from a library of its own, as Open Liberty does, there
 * are two of this class: the one that counts and the application's, which is asked. So they meet at
 * {@value #NAME} of JMX.
 */
public final class PoolCounts {
  /** The name of the {@link PoolMXBean}. */
  public static final String NAME = "org.mdlibs.registry:type=DatabasePool";

  private static final Logger LOG = Logger.getLogger(PoolCounts.class.getName());
  private static final AtomicInteger OPEN = new AtomicInteger();
  private static final AtomicInteger IN_TRANSACTION = new AtomicInteger();
  private static final LongAdder FAILURES = new LongAdder();

  private PoolCounts() {}

  /** Counts what the connections of this class do. */
  private static final class Own implements PoolMXBean {
    @Override
    public int getOpen() {
      return OPEN.get();
    }

    @Override
    public int getInTransaction() {
      return IN_TRANSACTION.get();
    }

    @Override
    public long getFailures() {
      return FAILURES.sum();
    }
  }

  /** Makes these the counts that are asked for, in the place of an application that is gone. */
  static void publish() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      var name = new ObjectName(NAME);
      if (server.isRegistered(name)) {
        server.unregisterMBean(name);
      }
      server.registerMBean(new StandardMBean(new Own(), PoolMXBean.class, true), name);
    } catch (JMException e) {
      // The counts are not worth a start; they are zero then.
      LOG.log(Level.WARNING, "no counts of the connections", e);
    }
  }

  private static Number ask(String attribute) {
    try {
      return (Number)
          ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(NAME), attribute);
    } catch (JMException e) {
      // No pool has opened anything yet.
      return 0;
    }
  }

  /** Connections that pools hold now, in use or not. */
  public static int open() {
    return ask("Open").intValue();
  }

  /** Those in the middle of a transaction. */
  public static int inTransaction() {
    return ask("InTransaction").intValue();
  }

  /** How often none could be opened, since the start. */
  public static long failures() {
    return ask("Failures").longValue();
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
