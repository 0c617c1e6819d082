package org.mdlibs.registry.datasource;

/** What {@link PoolCounts} tells, for whoever looks with JMX. */
public interface PoolMXBean {
  /** Connections that pools hold now, in use or not. */
  int getOpen();

  /** Those in the middle of a transaction. */
  int getInTransaction();

  /** How often none could be opened, since the start. */
  long getFailures();
}
