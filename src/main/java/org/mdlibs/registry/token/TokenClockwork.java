package org.mdlibs.registry.token;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.readonly.ReadOnly;

/** What has to be done about tokens and keys when time passes; on every node. */
@Singleton
@DependsOn("Startup")
@TransactionManagement(TransactionManagementType.BEAN)
public class TokenClockwork {
  private static final Logger LOG = Logger.getLogger(TokenClockwork.class.getName());

  @Inject private TokenUse use;
  @Inject private SigningKeys keys;
  @Inject private KeyRing ring;
  @Inject private ReadOnly readOnly;

  /** Writes when API tokens were last used, every five seconds. */
  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  public void writeUse() {
    use.flush();
  }

  /**
   * Makes and removes signing keys when it is time to, unless the registry is read-only, and reads
   * what other nodes did.
   */
  @Schedule(hour = "*", minute = "*", second = "7/15", persistent = false)
  public void turnKeys() {
    try {
      if (keys.isWorkDue() && !readOnly.isOn()) {
        DatabaseFailure.retryWhenARivalWins(
            () -> {
              keys.rotate();
              return null;
            });
      }
      ring.refresh();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the signing keys wait for the database", e);
    }
  }
}
