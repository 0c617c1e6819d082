package org.mdlibs.registry.job;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Logger;

/**
 * Who does a job's turn: the node that asks first. A node that dies in the middle of it loses
 * nothing, since every job does the next time what it did not do this time.
 */
@Stateless
public class JobTurns {
  private static final Logger LOG = Logger.getLogger(JobTurns.class.getName());

  /** Job, now, the latest turn that is over, and the earliest that no clock of today can tell. */
  static final String TAKE =
      "insert into job_turns (job, taken_at) values (?, ?)"
          + " on conflict (job) do update set taken_at = excluded.taken_at"
          + " where job_turns.taken_at <= ? or job_turns.taken_at > ?";

  /** Timers tick a little early or late, and the clocks of two nodes differ a little. */
  private static final int TENTHS = 9;

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;

  /**
   * Takes the turn of a job, for this node.
   *
   * @param job the job's name, the same on all nodes
   * @param every the time from one turn to the next
   * @return whether this node is to do it; false when another took it less than nine tenths of
   *     {@code every} ago
   */
  public boolean take(String job, Duration every) {
    long now = clock.millis();
    // A turn of the future is of a clock that was set back since.
    boolean taken =
        entities
                .createNativeQuery(TAKE)
                .setParameter(1, job)
                .setParameter(2, now)
                .setParameter(3, over(now, every))
                .setParameter(4, now + every.toMillis())
                .executeUpdate()
            == 1;
    if (taken) {
      LOG.fine(() -> "job=" + job + " is done by this node");
    }
    return taken;
  }

  /**
   * Gives a turn back that came to nothing, so that another node may be luckier.
   *
   * @param job the job's name
   */
  public void giveBack(String job) {
    entities
        .createNativeQuery("delete from job_turns where job = ?")
        .setParameter(1, job)
        .executeUpdate();
  }

  static long over(long now, Duration every) {
    return now - every.toMillis() / 10 * TENTHS;
  }
}
