package org.mdlibs.registry.limit;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.datasource.DatabaseUrl;
import org.mdlibs.registry.metrics.Metrics;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/** Counts calls and refuses those that are too many. */
@ApplicationScoped
public class RateLimits {
  private static final String ANSWER = RateLimits.class.getName();

  @Resource(lookup = "java:app/jdbc/registry-read")
  private DataSource database;

  @Resource private ManagedExecutorService executor;
  @Inject private RegistryConfig config;
  @Inject private Clock clock;
  @Inject private Metrics metrics;
  @Inject private HttpServletRequest request;

  private RateLimiter limiter;

  @PostConstruct
  void open() {
    boolean isShared = config.database().kind() == DatabaseUrl.Kind.POSTGRESQL;
    limiter = new RateLimiter(config.rateLimits(), clock, isShared ? database : null, executor);
  }

  /** Counts a call; empty when nothing is limited. */
  public Optional<Verdict> take(BucketKey key) {
    if (!config.rateLimits().enabled()) {
      return Optional.empty();
    }
    Verdict verdict = limiter.take(key);
    if (!verdict.allowed()) {
      metrics.refused(key.callClass().wireName());
    }
    return Optional.of(verdict);
  }

  /**
   * Counts the request under way in a further bucket, and tells so in the answer.
   *
   * @throws ProblemException {@link ProblemType#TOO_MANY_REQUESTS}
   */
  public void require(BucketKey key) {
    Optional<Verdict> verdict = take(key);
    if (verdict.isPresent()) {
      if (request.getAttribute(ANSWER) instanceof HttpServletResponse response) {
        verdict.get().tell(response);
      }
      if (!verdict.get().allowed()) {
        throw verdict.get().refusal();
      }
    }
  }

  /** Notes what a request is answered with. */
  static void note(HttpServletRequest request, HttpServletResponse response) {
    request.setAttribute(ANSWER, response);
  }

  /** Removes what says nothing any more from where nodes share it. */
  void forget() {
    limiter.forget();
  }
}
