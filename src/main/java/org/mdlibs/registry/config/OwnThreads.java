package org.mdlibs.registry.config;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for work that waits. The server's own executor is for work that computes: on Open Liberty
 * it has the threads of the requests too, and those who wait for a task would leave none to run it;
 * on WildFly it has as many threads as processors, and two receivers that hang would stop all
 * others.
 */
public final class OwnThreads {
  private static final int REST_SECONDS = 30;

  private OwnThreads() {}

  /**
   * An executor that begins each task at once; whoever uses it bounds how many there are.
   *
   * @param factory the container's, so that a task has the context of the application
   */
  public static ExecutorService of(ManagedThreadFactory factory) {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, REST_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }
}
