package org.mdlibs.registry.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import org.mdlibs.registry.config.Stopping;

/** The requests under way, which a server that stops waits for. */
@ApplicationScoped
public class Traffic {
  private final AtomicInteger requests = new AtomicInteger();

  /** Takes a request in; false when the server takes none any more. */
  boolean enter() {
    // Counted first: whoever sees none after the server began to refuse knows that none will come.
    requests.incrementAndGet();
    if (Stopping.current() != Stopping.NOW) {
      return true;
    }
    requests.decrementAndGet();
    return false;
  }

  /** A request that was taken in has its answer. */
  void leave() {
    requests.decrementAndGet();
  }

  /** How many are under way. */
  public int underWay() {
    return requests.get();
  }
}
