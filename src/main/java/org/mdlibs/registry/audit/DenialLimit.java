package org.mdlibs.registry.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Bounds how many denied attempts are recorded, on each node: {@value #OF_A_CALLER} a minute of one
 * caller, then one event that says so; {@value #CALLERS} callers a minute. So a flood of requests
 * that are refused cannot fill the disk.
 */
@ApplicationScoped
public class DenialLimit {
  static final int OF_A_CALLER = 10;
  static final int CALLERS = 1000;

  private final Clock clock;
  private final Map<UUID, Integer> attempts = new HashMap<>();
  private long minute;

  /** What becomes of an attempt. */
  public enum Decision {
    RECORD,
    /** The next ones of this caller are dropped until the minute is over. */
    RECORD_AS_LAST,
    DROP
  }

  @Inject
  public DenialLimit(Clock clock) {
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected DenialLimit() {
    this(null);
  }

  /** Counts an attempt. */
  public synchronized Decision count(UUID caller) {
    long now = clock.millis() / Duration.ofMinutes(1).toMillis();
    if (now != minute) {
      minute = now;
      attempts.clear();
    }
    if (attempts.size() >= CALLERS && !attempts.containsKey(caller)) {
      return Decision.DROP;
    }
    int count = attempts.merge(caller, 1, Integer::sum);
    if (count <= OF_A_CALLER) {
      return Decision.RECORD;
    }
    return count == OF_A_CALLER + 1 ? Decision.RECORD_AS_LAST : Decision.DROP;
  }
}
