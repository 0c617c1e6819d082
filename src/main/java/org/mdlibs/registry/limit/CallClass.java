package org.mdlibs.registry.limit;

import java.time.Duration;
import java.util.Locale;
import org.mdlibs.registry.config.RateLimitSettings;

/** The classes of calls; each has a bucket of its own for everybody who is counted in it. */
public enum CallClass {
  /** Calls without credentials, and with ones that are refused; by address. */
  ANONYMOUS(Duration.ofMinutes(1), false),
  /** Reads and writes; by user. */
  USER(Duration.ofMinutes(1), false),
  /** Searches; by user, or by address. */
  SEARCH(Duration.ofMinutes(1), false),
  /**
   * Tries to log in, by account and address; registering, and asking for what lets somebody in, by
   * address.
   */
  LOGIN(Duration.ofMinutes(1), true),
  /** Publishing; by scope. */
  PUBLISH(Duration.ofHours(1), true);

  /** How many times as often somebody may try as he may fail; as in the login throttle. */
  private static final int TRIES = 10;

  private final Duration period;
  private final boolean exact;

  CallClass(Duration period, boolean exact) {
    this.period = period;
    this.exact = exact;
  }

  /** The name that metrics have. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The time in which an empty bucket is full again. */
  Duration period() {
    return period;
  }

  /**
   * Whether nodes that share buckets ask for each call. Such calls cost the database much more than
   * that anyway; all others are counted in memory first.
   */
  boolean isExact() {
    return exact;
  }

  /** How many calls a full bucket holds. */
  int limit(RateLimitSettings settings) {
    return switch (this) {
      case ANONYMOUS -> settings.anonymousPerMinute();
      case USER -> settings.userPerMinute();
      case SEARCH -> settings.searchPerMinute();
      case LOGIN -> TRIES * settings.loginsPerMinute();
      case PUBLISH -> settings.publishPerHour();
    };
  }
}
