package org.mdlibs.registry.login;

import java.time.Duration;

/**
 * How often a password may be wrong. Pure: each failure moves a time on by its share of a minute
 * (the generic cell rate algorithm), and while that time is too far ahead, nobody is let try.
 *
 * @param perMinute failures of one name from one place; ten times as many of one name from
 *     everywhere, and of every name from one place
 */
record Throttle(int perMinute) {
  private static final int WIDE = 10;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /**
   * The times of an attempt's buckets, in milliseconds; 0 for those that nothing ever fell into.
   *
   * @param known whether this name logged in from this place lately: then it is not held
   *     responsible for what others do
   */
  record Levels(long pair, long account, long place, boolean known) {}

  /** What a failure adds to the bucket of name and place. */
  long narrowStep() {
    return Math.max(1, MINUTE / perMinute);
  }

  /** What a failure adds to the bucket of a name, and to that of a place. */
  long wideStep() {
    return Math.max(1, MINUTE / perMinute / WIDE);
  }

  /** How long to wait before the next try; zero when it may be now. */
  Duration wait(Levels levels, long now) {
    long wait = over(levels.pair(), narrowStep(), now);
    if (!levels.known()) {
      wait = Math.max(wait, over(levels.account(), wideStep(), now));
      wait = Math.max(wait, over(levels.place(), wideStep(), now));
    }
    return Duration.ofMillis(wait);
  }

  private static long over(long fullUntil, long step, long now) {
    return Math.max(0, fullUntil - now - (MINUTE - step));
  }
}
