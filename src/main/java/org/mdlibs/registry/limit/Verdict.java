package org.mdlibs.registry.limit;

import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * What a bucket says to a call.
 *
 * @param allowed whether it had a token left
 * @param limit how many it holds
 * @param remaining how many are in it now
 * @param untilFull when it is full again, if nobody takes any
 * @param untilNext when there is one again; zero when there is
 */
public record Verdict(
    boolean allowed, long limit, long remaining, Duration untilFull, Duration untilNext) {

  static Verdict of(long limit, ConsumptionProbe probe) {
    return new Verdict(
        probe.isConsumed(),
        limit,
        Math.max(0, probe.getRemainingTokens()),
        Duration.ofNanos(probe.getNanosToWaitForReset()),
        Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /**
   * Tells it in the headers {@code RateLimit-…} of draft-ietf-httpapi-ratelimit-headers-06, seconds
   * rounded up. Of several verdicts on a request the last is told.
   */
  public void tell(HttpServletResponse response) {
    response.setHeader("RateLimit-Limit", Long.toString(limit));
    response.setHeader("RateLimit-Remaining", Long.toString(remaining));
    response.setHeader(
        "RateLimit-Reset", Long.toString(untilFull.plusSeconds(1).minusNanos(1).toSeconds()));
  }

  /** The refusal of a call that is not allowed. */
  public ProblemException refusal() {
    return new ProblemException(
        ProblemType.TOO_MANY_REQUESTS,
        "Wait as long as 'Retry-After' says and try again: the limit is " + limit + " calls.",
        untilNext);
  }
}
