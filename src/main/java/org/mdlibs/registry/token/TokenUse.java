package org.mdlibs.registry.token;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * When API tokens were last used: noted in memory and written every few seconds, for each token at
 * most once a minute. No request waits for it; a crash loses a few seconds of it.
 */
@ApplicationScoped
public class TokenUse {
  /** How exact {@code last_used_at} is. */
  static final Duration PRECISION = Duration.ofMinutes(1);

  private static final Logger LOG = Logger.getLogger(TokenUse.class.getName());

  private final Map<UUID, Instant> noted = new ConcurrentHashMap<>();
  @Inject private Tokens tokens;

  /**
   * Notes a use.
   *
   * @param known what the database has, or null
   */
  void note(UUID token, Instant known, Instant now) {
    if (known == null || !now.isBefore(known.plus(PRECISION))) {
      noted.putIfAbsent(token, now);
    }
  }

  /** Writes what was noted; what cannot be written is left to the next use. */
  void flush() {
    if (noted.isEmpty()) {
      return;
    }
    var batch = new TreeMap<UUID, Instant>(noted);
    try {
      tokens.used(batch);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the last use of tokens is not written", e);
    }
    noted.keySet().removeAll(batch.keySet());
  }

  @PreDestroy
  void flushAtStop() {
    flush();
  }
}
