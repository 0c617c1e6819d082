package org.mdlibs.registry.login;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.job.JobTurns;
import org.mdlibs.registry.readonly.ReadOnly;

/** Removes old failures of logins. */
@Singleton
@DependsOn("Startup")
@TransactionManagement(TransactionManagementType.BEAN)
public class LoginClockwork {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Logger LOG = Logger.getLogger(LoginClockwork.class.getName());

  @Inject private Logins logins;
  @Inject private ReadOnly readOnly;
  @Inject private JobTurns turns;

  /** Every minute, on one node, unless the registry is read-only. */
  @Schedule(hour = "*", minute = "*", second = "41", persistent = false)
  public void forget() {
    if (readOnly.isOn()) {
      return;
    }
    try {
      if (turns.take("logins.forget", EVERY)) {
        logins.forget();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "old failures of logins wait for the database", e);
    }
  }
}
